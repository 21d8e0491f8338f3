namespace Simulator.Checking;

/// <summary>The states of orders and deliveries, as the API and the databases spell them.</summary>
internal static class Statuses
{
    public const string Placed = "Placed";
    public const string Accepted = "Accepted";
    public const string Ready = "Ready";
    public const string PickedUp = "PickedUp";
    public const string Delivered = "Delivered";
    public const string Rejected = "Rejected";
    public const string Expired = "Expired";
    public const string Cancelled = "Cancelled";
    public const string Undeliverable = "Undeliverable";

    public const string Requested = "Requested";
    public const string Offered = "Offered";
    public const string Assigned = "Assigned";
    public const string Returned = "Returned";
    public const string Failed = "Failed";

    /// <summary>From each state of an order those that may follow it; after the others nothing may.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> OrderSteps = new Dictionary<
        string,
        string[]
    >(StringComparer.Ordinal)
    {
        [""] = [Placed],
        [Placed] = [Accepted, Rejected, Expired, Cancelled],
        [Accepted] = [Ready, Cancelled, Undeliverable],
        [Ready] = [PickedUp, Cancelled, Undeliverable],
        [PickedUp] = [Delivered, Undeliverable],
    };

    public static bool EndsOrder(string status) => !OrderSteps.ContainsKey(status);

    public static bool EndsDelivery(string status) => status is Delivered or Returned or Failed or Cancelled;
}
