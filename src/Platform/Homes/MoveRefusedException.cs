namespace Platform.Homes;

/// <summary>A move that cannot be made, or not now; the sentence says why, and what to do.</summary>
internal sealed class MoveRefusedException(string sentence) : Exception(sentence);
