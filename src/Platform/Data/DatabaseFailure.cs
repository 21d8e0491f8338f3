using System.Data.Common;
using System.Net.Sockets;

namespace Platform.Data;

/// <summary>Tells a database that cannot be reached, which is waited for, from a statement that failed.</summary>
internal static class DatabaseFailure
{
    public static bool IsUnreachable(Exception exception) =>
        Chain(exception)
            .Any(cause =>
                cause is DbException database
                    && (database.IsTransient || SqliteEngine.IsUnreachable(database))
                || cause is SocketException
            );

    public static bool IsDuplicate(Exception exception) =>
        Chain(exception).OfType<DbException>().Any(SqliteEngine.IsDuplicate);

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
