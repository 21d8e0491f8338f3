using Platform.Domain;

namespace Orders.Domain;

/// <summary>How big a basket may be. It bounds the work of a request and the bags of a rider.</summary>
internal sealed record BasketLimits(int Lines, int Units);

/// <summary>
/// What a basket costs at this moment. Placing prices through the same code as asking for a price, so the
/// two never disagree; nothing that a client says about money is read.
/// </summary>
internal sealed record Quote(
    Guid StoreId,
    IReadOnlyList<OrderLine> Lines,
    Money Subtotal,
    Money DeliveryFee,
    Money Total
)
{
    public static Result<Quote> For(
        Store store,
        Menu menu,
        IReadOnlyList<Selection> basket,
        GeoPoint dropOff,
        BasketLimits limits,
        DateTimeOffset now
    )
    {
        if (store.TakesOrdersAt(now) is { IsDone: false } closed)
            return closed.Error;
        if (FitsWithin(limits, basket) is { IsDone: false } tooBig)
            return tooBig.Error;

        var lines = new List<OrderLine>(basket.Count);
        foreach (var selection in basket)
        {
            var line = menu.LineFor(selection);
            if (!line.IsDone)
                return line.Error;
            lines.Add(line.Value);
        }

        if (store.DeliversTo(dropOff) is { IsDone: false } tooFar)
            return tooFar.Error;
        var subtotal = lines.Aggregate(Money.Zero(store.Currency), (sum, line) => sum + line.Total());
        if (store.AcceptsBasketOf(subtotal) is { IsDone: false } tooLittle)
            return tooLittle.Error;

        var fee = store.Delivery.FeeFor(store.Location.MetresTo(dropOff), subtotal);
        return new Quote(store.Id, lines, subtotal, fee, subtotal + fee);
    }

    private static Result FitsWithin(BasketLimits limits, IReadOnlyList<Selection> basket) =>
        basket.Count > limits.Lines
            ? Error.Refused("too_many_lines", $"An order has at most {limits.Lines} lines.")
        : basket.Sum(selection => (long)selection.Quantity) > limits.Units
            ? Error.Refused("too_many_units", $"An order has at most {limits.Units} units.")
        : Result.Done;
}
