namespace Platform.Data;

/// <summary>The outbox hands out positions that are taken, as after a restore that left its counter behind.</summary>
internal sealed class OutboxBehindException(string schema, Exception? cause = null)
    : Exception(SentenceFor(schema), cause)
{
    /// <summary>What is wrong and what to do about it.</summary>
    public static string SentenceFor(string schema) =>
        $"{schema}.outbox hands out positions that are taken: its counter is behind its rows, as after a restore. "
        + "Run the command 'migrate' with the login that owns the tables, which sets it right.";
}
