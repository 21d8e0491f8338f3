namespace Platform.Streams;

/// <summary>
/// The places between two steps of a consumer's transaction. Nothing happens there, except in the tests that
/// kill the process at each of them to show that no effect is lost or doubled.
/// </summary>
internal sealed class FaultPoints
{
    public Action<string>? Reached { get; set; }

    public void Pass(string place) => Reached?.Invoke(place);
}
