using Platform.Domain;

namespace Reviews.Domain;

/// <summary>
/// What a store's published reviews add up to, kept as they come and go so that reading it costs one row.
/// </summary>
internal sealed class StoreRating : IAggregateRoot
{
    private StoreRating() { }

    public Guid StoreId { get; private set; }

    public ScoreTally Food { get; private set; } = ScoreTally.Empty;

    public ScoreTally Delivery { get; private set; } = ScoreTally.Empty;

    /// <summary>Grows with every change, so that a listener can tell late news from new.</summary>
    public long Revision { get; private set; }

    public int Count => Food.Count;

    public static StoreRating Open(Guid storeId) => new() { StoreId = storeId };

    /// <summary>A review that counted as <paramref name="before"/> counts as <paramref name="after"/> now.</summary>
    /// <param name="before">Null when it didn't count.</param>
    /// <param name="after">Null when it no longer counts.</param>
    /// <returns>Whether the rating changed.</returns>
    public bool Recount(Scores? before, Scores? after)
    {
        if (before == after)
        {
            return false;
        }

        if (before is { } gone)
        {
            (Food, Delivery) = (Food.Without(gone.Food), Delivery.Without(gone.Delivery));
        }

        if (after is { } come)
        {
            (Food, Delivery) = (Food.And(come.Food), Delivery.And(come.Delivery));
        }

        Revision++;
        return true;
    }

    /// <summary>Counts the store's published reviews from scratch.</summary>
    /// <returns>Whether that gave other figures than those kept; it never should.</returns>
    public bool Rebuild(IEnumerable<(Scores Scores, int Times)> published)
    {
        var (food, delivery) = (ScoreTally.Empty, ScoreTally.Empty);
        foreach (var (scores, times) in published)
        {
            food = food.And(scores.Food, times);
            delivery = delivery.And(scores.Delivery, times);
        }

        if (food == Food && delivery == Delivery)
        {
            return false;
        }

        (Food, Delivery) = (food, delivery);
        Revision++;
        return true;
    }
}
