using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;

namespace Platform.TestModules;

/// <summary>Takes the word in from the stream.</summary>
public sealed class WordSaidHandler(Sender sender)
{
    public Task Handle(WordSaid happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(
            new NoteWord(happened.Speaker, happened.Number, happened.Word + happened.Whispered),
            cancellationToken
        );
}

internal sealed record NoteWord(Guid Speaker, int Number, string Word) : ICommand<Nothing>;

internal sealed class NoteWordHandler(NotesDbContext db, Poison poison) : ICommandHandler<NoteWord, Nothing>
{
    public async Task<Result<Nothing>> Handle(NoteWord command, CancellationToken cancellationToken)
    {
        var before = await db.Notes.CountAsync(note => note.Speaker == command.Speaker, cancellationToken);
        var speaker = await db.Speakers.FindAsync([command.Speaker], cancellationToken);
        if (speaker is null)
            db.Speakers.Add(speaker = new Speaker { Id = command.Speaker });
        speaker.Words++;
        db.Notes.Add(
            new Note
            {
                Id = Guid.CreateVersion7(),
                Speaker = command.Speaker,
                Number = command.Number,
                Word = command.Word,
                Before = before,
            }
        );
        db.Say(command.Speaker, new WordNoted(command.Speaker, command.Number));
        poison.Taste(command.Word);
        return Nothing.Done;
    }
}
