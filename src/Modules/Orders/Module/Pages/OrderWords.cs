using Orders.Domain;

namespace Orders.Pages;

/// <summary>What an order's states and reasons are called on pages, in English, which is the key of their words.</summary>
internal static class OrderWords
{
    private static readonly OrderStatus[] Way =
    [
        OrderStatus.Placed,
        OrderStatus.Accepted,
        OrderStatus.Ready,
        OrderStatus.PickedUp,
        OrderStatus.Delivered,
    ];

    public static string Headline(OrderStatus status) =>
        status switch
        {
            OrderStatus.Placed => "Waiting for the store",
            OrderStatus.Accepted => "The store is cooking",
            OrderStatus.Ready => "Ready and waiting for its rider",
            OrderStatus.PickedUp => "On its way to you",
            OrderStatus.Delivered => "Enjoy your meal",
            OrderStatus.Rejected => "The store could not take it",
            OrderStatus.Expired => "The store did not answer",
            OrderStatus.Cancelled => "The order was cancelled",
            _ => "It could not be delivered",
        };

    public static string Step(OrderStatus status) =>
        status switch
        {
            OrderStatus.Placed => "Ordered",
            OrderStatus.Accepted => "Accepted",
            OrderStatus.Ready => "Ready",
            OrderStatus.PickedUp => "Picked up",
            OrderStatus.Delivered => "Delivered",
            OrderStatus.Rejected => "Turned down",
            OrderStatus.Expired => "Expired",
            OrderStatus.Cancelled => "Cancelled",
            _ => "Not delivered",
        };

    public static string Reason(string code) =>
        code switch
        {
            "too_busy" => "The kitchen has too much to do.",
            "sold_out" => "Something in it is sold out.",
            "closing_soon" => "The store is about to close.",
            "changed_mind" => "The customer changed their mind.",
            "payment_failed" => "The payment could not be taken.",
            "no_answer" => "Nobody at the store answered.",
            "customer_absent" => "Nobody was at the door.",
            "wrong_address" => "The address was wrong.",
            "refused_by_customer" => "It was not taken at the door.",
            "damaged" => "It was damaged on the way.",
            "lost" => "It was lost on the way.",
            "store_error" => "The store had packed something else.",
            "accident" => "There was an accident on the way.",
            "no_rider" => "No rider was found.",
            _ => code.Replace('_', ' '),
        };

    /// <summary>What an order that goes well has yet to come to.</summary>
    public static IEnumerable<OrderStatus> Ahead(OrderStatus status) =>
        status.IsEnd() ? [] : Way.SkipWhile(step => step != status).Skip(1);
}
