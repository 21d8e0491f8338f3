using Microsoft.EntityFrameworkCore;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>
/// Within a process, too, events pass in writing and under their alias, so that nothing passes that could not
/// cross a wire. A listener beside the publisher reads the very rows that a relay does.
/// </summary>
public sealed class SerializationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    public async Task What_is_said_is_kept_in_writing_under_its_alias()
    {
        await using var host = await ModuleHost.StartAsync(_folder, [new TalkModule()], createTables: true);

        var row = await host.ReadAsync<TalkDbContext, OutboxRow>(async talk =>
        {
            talk.Say(_ann, Whispering());
            await talk.SaveChangesAsync();
            return await talk.Outbox.AsNoTracking().SingleAsync(one => one.Key == _ann);
        });

        row.Type.ShouldBe("talk.word-said.v1");
        row.Payload.ShouldContain("aloud");
        row.Payload.ShouldNotContain("secret");
        (row.Type + row.Payload).ShouldNotContain(nameof(WordSaid));
    }

    [Fact]
    public async Task A_listener_of_the_same_process_hears_what_is_in_writing_and_no_more()
    {
        var talk = new PlantedStream("talk");
        talk.Say(_ann, Whispering());

        await using var host = await NotesHost.StartAsync(_folder, talk);
        await host.CaughtUpAsync();

        (await host.NotesAsync(_ann)).Single().Word.ShouldBe("aloud");
    }

    public void Dispose() => _folder.Dispose();

    private WordSaid Whispering() => new(_ann, 1, "aloud") { Whispered = ", and in secret" };
}
