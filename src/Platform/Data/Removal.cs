using Microsoft.EntityFrameworkCore;

namespace Platform.Data;

/// <summary>Removes what is over a few rows at a time, so that no engine locks a whole table for it.</summary>
internal static class Removal
{
    /// <summary>SQL Server takes the table's lock for some five thousand.</summary>
    private const int RowsAtATime = 1_000;

    /// <summary>
    /// Removes all of them, in their order, each few in a transaction of their own. Another replica may be at the
    /// same rows, so that fewer than asked for says nothing about the rest.
    /// </summary>
    public static async Task RemoveAsync<T>(
        this IOrderedQueryable<T> rows,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var few = rows.Take(RowsAtATime);
        while (await few.ExecuteDeleteAsync(cancellationToken) > 0) { }
    }
}
