namespace Platform.Data;

/// <summary>
/// Notes on an exception that it comes from opening a connection: whatever its kind and number, no statement is at
/// fault. The exception stays what it is, since providers look at it themselves.
/// </summary>
internal static class FailureToOpen
{
    private const string Note = "Monolith:FailureToOpen";

    public static TException Noted<TException>(TException failure)
        where TException : Exception
    {
        failure.Data[Note] = true;
        return failure;
    }

    public static bool Is(Exception failure) => failure.Data.Contains(Note);
}
