using Platform.Domain;

namespace Orders.Domain;

/// <summary>
/// What Reviews last said of a store, kept here so that showing a store asks nobody. It stands beside the
/// store and not in it, so that a new review never makes a store's own change lose a race.
/// </summary>
internal sealed class StoreRating : IAggregateRoot
{
    private StoreRating() { }

    public Guid StoreId { get; private init; }

    public double Average { get; private set; }

    public int Count { get; private set; }

    public long Revision { get; private set; } = -1;

    public static StoreRating Of(Guid storeId) => new() { StoreId = storeId };

    /// <summary>Takes the figures over unless they are late news.</summary>
    public void Become(double average, int count, long revision)
    {
        if (revision <= Revision)
            return;
        (Average, Count, Revision) = (average, count, revision);
    }
}
