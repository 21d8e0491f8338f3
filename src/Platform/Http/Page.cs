namespace Platform.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">The cursor of the page after this one; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>
    /// Makes a page from one row more than it holds, so that no second query is needed to know whether there
    /// is a next one.
    /// </summary>
    /// <param name="rows">Up to <paramref name="limit"/> + 1 rows.</param>
    /// <param name="limit">How many the page holds.</param>
    /// <param name="cursorOf">The cursor that resumes behind an item.</param>
    public static Page<T> From(IReadOnlyList<T> rows, int limit, Func<T, string> cursorOf)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(cursorOf);
        return rows.Count > limit
            ? new Page<T>([.. rows.Take(limit)], cursorOf(rows[limit - 1]))
            : new Page<T>(rows, null);
    }
}
