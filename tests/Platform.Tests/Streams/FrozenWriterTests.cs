using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Data;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>A process that freezes within a transaction holds up nobody until it wakes.</summary>
public sealed class FrozenWriterTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new(TestEngine.PostgreSql);
    private readonly Guid _ann = Guid.CreateVersion7();
    private ModuleHost _host = null!;

    public async ValueTask InitializeAsync() =>
        _host = await NotesHost.StartAsync(_folder, new PlantedStream("talk"));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_session_may_say_nothing_within_a_transaction_for_ten_seconds()
    {
        var allowed = await _host.ReadAsync<NotesDbContext, string>(database =>
            database
                .Database.SqlQuery<string>(
                    $"SELECT current_setting('idle_in_transaction_session_timeout') AS \"Value\""
                )
                .SingleAsync()
        );

        allowed.ShouldBe("10s");
    }

    [Fact]
    public async Task Then_readers_go_on_and_it_finds_its_transaction_gone_as_if_its_database_had_been_away()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var frozen = scope.ServiceProvider.GetRequiredService<NotesDbContext>();
        await frozen.Database.BeginTransactionAsync();
        frozen.Say(_ann, new WordNoted(_ann, 1));
        await frozen.SaveChangesAsync();
        await frozen.Database.ExecuteSqlRawAsync("SET LOCAL idle_in_transaction_session_timeout = '200ms'");
        await using (var other = _host.Services.CreateAsyncScope())
        {
            var database = other.ServiceProvider.GetRequiredService<NotesDbContext>();
            database.Say(_ann, new WordNoted(_ann, 2));
            await database.SaveChangesAsync();
        }

        (await _host.NotesSource().ReadGaplesslyAsync()).ShouldHaveSingleItem().Payload.ShouldContain("2");

        var woken = await Should.ThrowAsync<Exception>(() => frozen.Database.CommitTransactionAsync());
        DatabaseFailure.IsUnreachable(woken).ShouldBeTrue(woken.ToString());
    }
}
