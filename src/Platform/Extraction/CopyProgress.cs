namespace Platform.Extraction;

/// <summary>How far copying has come with one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Done">How many of its rows are copied.</param>
/// <param name="InAll">How many it had when copying it began, or went on.</param>
internal sealed record CopyProgress(string Table, long Done, long InAll);

/// <summary>How to copy.</summary>
/// <param name="BatchRows">The rows that are read, and written in one transaction, at a time.</param>
/// <param name="RowsPerSecond">The most rows a second; null for as fast as it goes.</param>
/// <param name="WhileWritten">
/// Whether the source is written to meanwhile, with what changes being captured. Then a row that refers to another that
/// came later is left for catching up.
/// </param>
internal sealed record CopyOptions(
    int BatchRows = 1_000,
    int? RowsPerSecond = null,
    bool WhileWritten = false
);

/// <summary>A copy that would not be what was asked for; the sentence says why, and what to do.</summary>
internal sealed class CopyRefusedException(string sentence) : Exception(sentence);
