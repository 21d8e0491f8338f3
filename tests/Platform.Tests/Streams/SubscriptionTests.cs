using Microsoft.EntityFrameworkCore;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

public sealed class SubscriptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlantedStream _talk = new("talk");

    [Fact]
    public async Task Events_take_effect_once_and_in_order()
    {
        var speaker = Guid.CreateVersion7();
        for (var number = 1; number <= 450; number++)
            _talk.Say(speaker, new WordSaid(speaker, number, "word"));

        await using var host = await ModuleHost.StartAsync(_folder, [new NotesModule()], [_talk]);
        await host.CaughtUpAsync();

        var notes = await host.ReadAsync<NotesDbContext, List<Note>>(db => db.Notes.ToListAsync());
        notes.OrderBy(note => note.Id).Select(note => note.Number).ShouldBe(Enumerable.Range(1, 450));
        notes.OrderBy(note => note.Number).Select(note => note.Before).ShouldBe(Enumerable.Range(0, 450));
    }

    public void Dispose() => _folder.Dispose();
}
