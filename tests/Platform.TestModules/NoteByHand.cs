using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;

namespace Platform.TestModules;

internal sealed record NoteByHand(Guid CallerId, string IdempotencyKey, Guid Speaker, string Word)
    : ICommand<int>,
        IIdempotentCommand;

internal sealed class NoteByHandValidator : AbstractValidator<NoteByHand>
{
    public NoteByHandValidator() => RuleFor(command => command.Word).NotEmpty().MaximumLength(20);
}

/// <summary>Yields how many words the speaker has now.</summary>
internal sealed class NoteByHandHandler(NotesDbContext db, Poison poison) : ICommandHandler<NoteByHand, int>
{
    public async Task<Result<int>> Handle(NoteByHand command, CancellationToken cancellationToken)
    {
        var number =
            await db.Notes.CountAsync(note => note.Speaker == command.Speaker, cancellationToken) + 1;
        db.Notes.Add(
            new Note
            {
                Id = Guid.CreateVersion7(),
                Speaker = command.Speaker,
                Number = number,
                Word = command.Word,
                Before = number - 1,
            }
        );
        db.Say(command.Speaker, new WordNoted(command.Speaker, number));
        var counted = await db.Notes.CountAsync(note => note.Speaker == command.Speaker, cancellationToken);
        poison.Taste(command.Word);
        return command.Word == "refuse" ? Error.Refused("word_refused", "Not that word.") : counted;
    }
}

internal sealed record Rename(Guid Speaker, string Name) : ICommand<Nothing>;

internal sealed class RenameHandler(NotesDbContext db, RenameRace race) : ICommandHandler<Rename, Nothing>
{
    public async Task<Result<Nothing>> Handle(Rename command, CancellationToken cancellationToken)
    {
        var speaker = await db.Speakers.FindAsync([command.Speaker], cancellationToken);
        if (speaker is null)
            return Error.NotFound("speaker_not_found", "There is no such speaker.");
        speaker.Name = command.Name;
        await race.MeetAsync();
        return Nothing.Done;
    }
}

/// <summary>Lets two commands read before either writes, when a test asks for it.</summary>
public sealed class RenameRace
{
    public Barrier? Barrier { get; set; }

    internal async Task MeetAsync()
    {
        if (Barrier is { } barrier)
            await Task.Run(() => barrier.SignalAndWait(TimeSpan.FromSeconds(10)));
    }
}
