using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Extraction;

namespace Platform.Homes;

/// <summary>One of the two databases of a move that takes the data along.</summary>
/// <param name="Context">A context on it, by the login that owns the tables.</param>
/// <param name="What">What it is called when something is said of it.</param>
internal sealed record MoveSide(ModuleDbContext Context, string What)
{
    /// <summary>What the sessions of a command are the home of that moves data; no process can be called so.</summary>
    public const string Mover = "(move)";

    /// <summary>What it says of where the module is at home.</summary>
    public HomeRows Rows { get; } = new(Context);

    /// <summary>Keeps everybody from writing, but for one home.</summary>
    public Task FenceAsync(
        string? mayWrite,
        CancellationToken cancellationToken,
        Func<Task>? condition = null
    ) => Fence.PutUpAsync(Context, mayWrite, SentenceOf(Context.Schema), cancellationToken, condition);

    /// <summary>
    /// Why the module cannot be moved here; null when it can. A database that a process has opened, but where the module
    /// has never said anything, is as good as empty.
    /// </summary>
    public async Task<string?> WhyNoTargetAsync(CancellationToken cancellationToken) =>
        await Rows.ReadAsync(cancellationToken) is { HoldsData: true } there
        && (there.FormerName is not null || await Context.Outbox.AnyAsync(cancellationToken))
            ? $"{What}: '{there.Stream}' is at home there, at {there}, with events of its own. Name a database where it is migrated and empty."
            : null;

    /// <summary>What a process is told that writes to a module which is not at home there.</summary>
    public static string SentenceOf(string schema) =>
        $"The module '{schema}' is at home in another process: this one may write nothing of it.";
}
