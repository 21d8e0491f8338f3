namespace Fidgets.Contracts;

public sealed record Worth(decimal Amount, string Currency);

public sealed record FidgetIssued(
    Guid FidgetId,
    Worth Worth,
    IReadOnlyList<string> Stores,
    string? Note = null
)
{
    public const string Alias = "fidgets.fidget-issued.v1";
}
