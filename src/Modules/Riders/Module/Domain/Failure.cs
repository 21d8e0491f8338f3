namespace Riders.Domain;

/// <summary>
/// Why a delivery cannot be made. The reason decides whose fault it is; whoever reports it does not, since
/// refunds and a rider's rating hang on it.
/// </summary>
internal sealed record Failure(string Reason, string Fault, bool OperatorOnly)
{
    private static readonly Failure[] All =
    [
        new("customer_absent", "customer", OperatorOnly: false),
        new("wrong_address", "customer", OperatorOnly: false),
        new("refused_by_customer", "customer", OperatorOnly: false),
        new("damaged", "rider", OperatorOnly: false),
        new("lost", "rider", OperatorOnly: false),
        new("store_error", "store", OperatorOnly: false),
        new("accident", "platform", OperatorOnly: false),
        new("no_rider", "platform", OperatorOnly: true),
    ];

    public bool IsRidersFault => Fault == "rider";

    public static Failure? For(string? reason) => Array.Find(All, failure => failure.Reason == reason);

    public static string Reasons { get; } = string.Join(", ", All.Select(failure => failure.Reason));
}
