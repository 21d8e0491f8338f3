namespace Simulator.People;

/// <summary>What a customer means to do, decided before anything happens.</summary>
internal sealed record VisitPlan
{
    public required int Customer { get; init; }
    public required int Store { get; init; }
    public required IReadOnlyList<(int Dish, int Quantity, int Size)> Basket { get; init; }
    public required (double Latitude, double Longitude) Door { get; init; }
    public required TimeSpan Browsing { get; init; }
    public required string Payment { get; init; }

    /// <summary>How often placing is tried before the customer gives up for good.</summary>
    public required int Patience { get; init; }

    /// <summary>After this long the customer would rather not; null when they stay.</summary>
    public TimeSpan? CancelsAfter { get; init; }

    public ReviewPlan? Review { get; init; }

    public static VisitPlan Of(int number, TrafficPlan traffic, Town town)
    {
        var chance = new Chance(traffic.Seed, Ids.Visit(number));
        return new VisitPlan
        {
            Customer = chance.Whole(0, traffic.Customers - 1),
            Store = chance.Whole(0, traffic.Stores - 1),
            Basket =
            [
                .. Enumerable
                    .Range(0, chance.Whole(1, 3))
                    .Select(_ => (chance.Whole(0, 3), chance.Whole(1, 2), chance.Whole(0, 1))),
            ],
            Door = town.Somewhere(chance, 900),
            Browsing = chance.Seconds(0.1, 1.5),
            Payment = PaymentOf(chance.Whole(1, 100)),
            Patience = chance.OneOf(2, 5, 20, 60, 60),
            CancelsAfter = chance.Of(0.08) ? chance.Seconds(0, 2) : null,
            Review = chance.Of(0.5) ? ReviewPlan.Of(chance) : null,
        };
    }

    private static string PaymentOf(int percent) =>
        percent switch
        {
            <= 4 => "tok_decline",
            <= 8 => "tok_timeout",
            <= 11 => "tok_decline_capture",
            <= 16 => "tok_refund_fails_twice",
            _ => "tok_approve",
        };
}

/// <summary>What the customer will say of a delivered order.</summary>
internal sealed record ReviewPlan(
    int Food,
    int Delivery,
    TimeSpan After,
    (int Food, int Delivery)? EditsTo,
    bool Removes
)
{
    public static ReviewPlan Of(Chance chance) =>
        new(
            chance.Whole(1, 5),
            chance.Whole(1, 5),
            chance.Seconds(0, 2),
            chance.Of(0.25) ? (chance.Whole(1, 5), chance.Whole(1, 5)) : null,
            chance.Of(0.1)
        );
}
