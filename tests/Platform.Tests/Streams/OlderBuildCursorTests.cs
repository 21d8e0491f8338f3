using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>
/// A build that knows of no identities moves a cursor and leaves the rest of its row as it was. That is no sign of
/// another stream, as long as the event that it stood on is in the stream, before where it stands now.
/// </summary>
public class OlderBuildCursorTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder;
    private readonly Guid _ann = Guid.CreateVersion7();
    private ModuleHost _host = null!;
    private IReadOnlyList<StreamEvent> _said = [];
    private Guid _identity;

    public OlderBuildCursorTests()
        : this(TestEngines.Default) { }

    protected OlderBuildCursorTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    public async ValueTask InitializeAsync()
    {
        _host = await NotesHost.StartAsync(_folder, new PlantedStream("talk"));
        await using var scope = _host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        for (var number = 1; number <= 4; number++)
            database.Say(_ann, new WordNoted(_ann, number));
        await database.SaveChangesAsync();
        _identity = (await database.OwnStreams.AsNoTracking().SingleAsync()).Identity;
        _said = await _host.NotesSource().ReadAsync(0, 100, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_cursor_whose_event_is_before_it_or_unknown_is_followed_from_where_it_stands()
    {
        foreach (var left in (StreamPlace[])[At(3, _said[0].EventId), At(3, null), new(null, 3, null)])
        {
            await VerifyAsync(left);
            (await _host.NotesSource().Gaplessly().ReadAsync(left.Position, 100, CancellationToken.None))
                .ShouldHaveSingleItem()
                .Position.ShouldBe(4);
        }
    }

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_cursor_whose_event_is_behind_it_or_nowhere_is_one_of_another_stream()
    {
        await Should.ThrowAsync<StreamDivergedException>(() => VerifyAsync(At(3, _said[3].EventId)));
        await Should.ThrowAsync<StreamDivergedException>(() => VerifyAsync(At(3, Guid.CreateVersion7())));
        await Should.ThrowAsync<StreamDivergedException>(() =>
            VerifyAsync(new StreamPlace(Guid.CreateVersion7(), 3, _said[0].EventId))
        );
    }

    private StreamPlace At(long position, Guid? eventId) => new(_identity, position, eventId);

    private Task VerifyAsync(StreamPlace place) =>
        _host.NotesSource().Gaplessly().VerifyAsync(place, CancellationToken.None);
}

public sealed class OlderBuildCursorOnPostgreSqlTests() : OlderBuildCursorTests(TestEngine.PostgreSql);
