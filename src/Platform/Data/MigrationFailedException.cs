using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Platform.Data;

/// <summary>A schema could not be migrated for a reason that lies in the database; the message is one sentence.</summary>
/// <param name="sentence">What an operator needs to know, beginning with the key to look at.</param>
/// <param name="cause">How the database put it.</param>
public sealed class MigrationFailedException(string sentence, Exception cause) : Exception(sentence, cause)
{
    /// <summary>Migrates, and says of a failure of the database what an operator needs to know.</summary>
    /// <param name="choice">Where the schema is kept.</param>
    /// <param name="migrate">Migrates it.</param>
    /// <exception cref="MigrationFailedException">The database failed.</exception>
    public static async Task TellAsync(DatabaseChoice choice, Func<Task> migrate)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(migrate);
        try
        {
            await migrate();
        }
        catch (Exception failure)
            when (failure is DbException or DbUpdateException or OutboxBehindException
                || DatabaseFailure.IsUnreachable(failure)
            )
        {
            throw new MigrationFailedException(DatabaseFailure.SentenceFor(choice, failure), failure);
        }
    }
}
