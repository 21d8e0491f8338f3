using System.Data.Common;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace Platform.Data;

/// <summary>Tells a database that cannot be reached, which is waited for, from a statement that failed.</summary>
public static class DatabaseFailure
{
    /// <summary>
    /// Whether the database, not the statement, is at fault, so that waiting may help. One behind a fence is out of reach
    /// as well, until this process has learnt where its module is at home.
    /// </summary>
    public static bool IsUnreachable(Exception exception) =>
        IsFenced(exception)
        || Chain(exception)
            .Any(cause => cause is SocketException or WritersInFlightException || FailureToOpen.Is(cause))
        || Says(exception, (engine, failure) => engine.IsUnreachable(failure));

    /// <summary>
    /// What keeps operators from having their database, in one sentence that begins with the key to look at.
    /// </summary>
    internal static string SentenceFor(DatabaseChoice choice, Exception exception)
    {
        if (IsOutboxBehind(exception))
            return $"{choice.Key}: {OutboxBehindException.SentenceFor(choice.Schema)}";
        if (Says(exception, (engine, failure) => engine.IsLoginRefused(failure)))
            return $"{choice.Key}: {choice.Engine} refuses the user or the password.";
        var told = Chain(exception).OfType<DbException>().FirstOrDefault() ?? exception.GetBaseException();
        var reason = told.Message.Split('\n')[0].Trim().TrimEnd('.');
        return $"{choice.Key}: {choice} cannot be used ({reason}).";
    }

    /// <summary>Whether a fence around the module's tables refused the write: its home is elsewhere, or nowhere.</summary>
    internal static bool IsFenced(Exception exception) =>
        Says(exception, (engine, failure) => engine.IsFenced(failure));

    /// <summary>Whether the outbox handed out a position that is taken; it is set right before anything else can work.</summary>
    internal static bool IsOutboxBehind(Exception exception) =>
        exception is OutboxBehindException
        || Says(exception, (engine, failure) => engine.IsOutboxBehind(failure));

    /// <summary>Whether a key or unique index has the value already; not the outbox's own, which nobody chooses.</summary>
    public static bool IsDuplicate(Exception exception) =>
        Says(exception, (engine, failure) => engine.IsDuplicate(failure));

    /// <summary>
    /// Whether another transaction was first: it changed the row, or the engine gave this one up in its favour.
    /// Nothing is committed, and on fresh data it may work.
    /// </summary>
    internal static bool IsLostRace(Exception exception) =>
        exception is DbUpdateConcurrencyException || IsVictim(exception);

    /// <summary>Whether the engine gave this transaction up so that another could go on.</summary>
    internal static bool IsVictim(Exception exception) =>
        Says(exception, (engine, failure) => engine.IsVictim(failure));

    /// <summary>
    /// Whether saving was refused for what was to be saved. What might work when it is tried again, Entity Framework
    /// wraps once more.
    /// </summary>
    internal static bool IsRefusedSave(Exception exception) =>
        exception is DbUpdateException or InvalidOperationException { InnerException: DbUpdateException }
        && !IsUnreachable(exception);

    /// <summary>Whether a row was another transaction's for longer than is waited for one; the database is well.</summary>
    internal static bool IsRowLocked(Exception exception) => LockTimeoutIn(exception) is not null;

    /// <summary>What of an exception's causes says that a row was waited for in vain.</summary>
    internal static DbException? LockTimeoutIn(Exception exception) =>
        Chain(exception)
            .OfType<DbException>()
            .FirstOrDefault(failure => DatabaseEngines.All.Any(engine => engine.IsRowLocked(failure)));

    private static bool Says(Exception exception, Func<IDatabaseEngine, DbException, bool> question) =>
        Chain(exception)
            .OfType<DbException>()
            .Any(failure => DatabaseEngines.All.Any(engine => question(engine, failure)));

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
