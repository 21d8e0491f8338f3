using Platform.Commands;
using Platform.Domain;

namespace Platform.TestModules;

/// <summary>Notes a word without looking at the others, so that what many jot down can be committed together.</summary>
internal sealed record JotDown(Guid CallerId, string IdempotencyKey, string Word)
    : ICommand<string>,
        IIdempotentCommand;

internal sealed class JotDownHandler(NotesDbContext db) : ICommandHandler<JotDown, string>
{
    public Task<Result<string>> Handle(JotDown command, CancellationToken cancellationToken)
    {
        var speaker = Guid.CreateVersion7();
        db.Notes.Add(
            new Note
            {
                Id = Guid.CreateVersion7(),
                Speaker = speaker,
                Number = 1,
                Word = command.Word,
                Before = 0,
            }
        );
        db.Say(speaker, new WordNoted(speaker, 1));
        return Task.FromResult<Result<string>>(command.Word);
    }
}
