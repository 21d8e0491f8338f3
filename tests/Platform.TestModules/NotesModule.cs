using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Commands;
using Platform.Data;
using Platform.Domain;
using Platform.Http;
using Platform.Modules;

namespace Platform.TestModules;

/// <summary>A module that follows the stream <c>talk</c> and notes every word, counting them per speaker.</summary>
public sealed class NotesModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Notes", typeof(NotesModule).Assembly)
            .WithDatabase<NotesDbContext>()
            .WithPaths("/api/notes")
            .AndReads("Poison")
            .AndHandles<WordSaid, WordSaidHandler>();

    public void AddServices(IServiceCollection services, IConfiguration settings)
    {
        var poison = new Poison();
        if (settings["Poison"] is { } word)
            poison.Add(word);
        services.AddSingleton(poison).AddSingleton<RenameRace>();
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/notes", NoteAsync).AllowAnonymous();
        routes.MapPost("/api/notes/jotted", JotAsync).AllowAnonymous();
        routes.MapPost("/api/notes/{speaker:guid}/rename", RenameAsync).AllowAnonymous();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> NoteAsync(
        NoteByHand command,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(command, cancellationToken)).ToHttp();

    private static async Task<Microsoft.AspNetCore.Http.IResult> JotAsync(
        JotDown command,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(command, cancellationToken)).ToHttp();

    private static async Task<Microsoft.AspNetCore.Http.IResult> RenameAsync(
        Guid speaker,
        Rename command,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(command with { Speaker = speaker }, cancellationToken)).ToHttp();
}

/// <summary>Words that the module cannot stomach, for as long as they are listed.</summary>
public sealed class Poison
{
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public int Tried { get; private set; }

    public void Add(string word)
    {
        lock (_lock)
            _words.Add(word);
    }

    public void Remove(string word)
    {
        lock (_lock)
            _words.Remove(word);
    }

    public void Taste(string word)
    {
        lock (_lock)
        {
            if (!_words.Contains(word))
                return;
            Tried++;
            throw new InvalidOperationException($"'{word}' cannot be stomached ({Tried}).");
        }
    }
}

/// <summary>One word, as noted.</summary>
internal sealed class Note
{
    public required Guid Id { get; init; }
    public required Guid Speaker { get; init; }
    public required int Number { get; init; }
    public required string Word { get; init; }

    /// <summary>How many words of the speaker were noted before, as a query in the handler saw it.</summary>
    public required int Before { get; init; }
}

/// <summary>A speaker and how many words they have said.</summary>
internal sealed class Speaker : IAggregateRoot
{
    public required Guid Id { get; init; }
    public string Name { get; set; } = "";
    public int Words { get; set; }
}

internal sealed class NotesDbContext(DbContextOptions<NotesDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "notes", clock)
{
    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Speaker> Speakers => Set<Speaker>();

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<Note>().ToTable("note");
        model.Entity<Speaker>().ToTable("speaker");
    }
}
