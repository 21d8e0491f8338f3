namespace Platform.Data;

/// <summary>Somebody else holds a row for longer than is waited for it here. The database is well.</summary>
internal sealed class RowLockedException(string schema, string? table, string? holder, Exception cause)
    : Exception(
        $"A row of {schema}.{table ?? "(unknown)"} is locked by another transaction, "
            + (holder is null ? "which has ended since." : $"most likely by {holder}."),
        cause
    );
