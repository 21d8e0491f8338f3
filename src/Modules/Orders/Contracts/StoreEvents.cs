namespace Orders.Contracts;

/// <summary>A store opened on the platform.</summary>
public sealed record StoreRegistered(
    Guid StoreId,
    string Name,
    Place Location,
    string Currency,
    DateTimeOffset RegisteredAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.store-registered.v1";
}

/// <summary>A store's profile, pause or hours changed. Revisions of a store only grow.</summary>
public sealed record StoreChanged(
    Guid StoreId,
    string Name,
    Place Location,
    bool Paused,
    long Revision,
    DateTimeOffset ChangedAt
)
{
    /// <inheritdoc cref="OrderPlaced.Alias"/>
    public const string Alias = "orders.store-changed.v1";
}
