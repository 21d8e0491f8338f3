using Platform.Domain;

namespace Platform.Commands;

/// <summary>The command that an event became was refused, so the event could not be applied.</summary>
/// <param name="error">Why.</param>
public sealed class EventRefusedException(Error error) : Exception($"{error?.Code}: {error?.Message}")
{
    /// <summary>Why the command was refused.</summary>
    public Error Error { get; } = error ?? throw new ArgumentNullException(nameof(error));
}
