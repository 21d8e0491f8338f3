using Simulator.Databases;
using Simulator.Ledgers;

namespace Simulator.Checking;

/// <summary>Everything there is to compare: the ledger, and what each module has stored and said.</summary>
internal sealed class Evidence
{
    public static readonly IReadOnlyList<string> Modules = ["orders", "riders", "reviews"];

    /// <summary>What each module follows.</summary>
    public static readonly IReadOnlyList<(string Module, string Stream)> Subscriptions =
    [
        ("orders", "riders"),
        ("orders", "reviews"),
        ("riders", "orders"),
        ("reviews", "orders"),
    ];

    private readonly Dictionary<string, IReadOnlyList<Said>> _said = new(StringComparer.Ordinal);

    public required IReadOnlyList<Entry> Ledger { get; init; }

    public IReadOnlyDictionary<Guid, StoredOrder> Orders { get; private set; } = null!;

    public IReadOnlyList<Row> Stores { get; private set; } = [];

    /// <summary>Ratings as Orders keeps them, by store.</summary>
    public IReadOnlyDictionary<Guid, Row> ShownRatings { get; private set; } = null!;

    public IReadOnlyList<Row> Settlements { get; private set; } = [];

    public IReadOnlyList<KeptAnswer> KeptAnswers { get; private set; } = [];

    public IReadOnlyDictionary<Guid, StoredDelivery> Deliveries { get; private set; } = null!;

    public ILookup<Guid, StoredDelivery> DeliveriesOfOrders { get; private set; } = null!;

    public IReadOnlyDictionary<Guid, StoredOffer> Offers { get; private set; } = null!;

    public IReadOnlyList<Row> Riders { get; private set; } = [];

    public IReadOnlyList<Row> Earnings { get; private set; } = [];

    public IReadOnlyDictionary<Guid, StoredReview> Reviews { get; private set; } = null!;

    public IReadOnlyDictionary<Guid, Row> Eligibilities { get; private set; } = null!;

    public IReadOnlyDictionary<Guid, Row> Undelivered { get; private set; } = null!;

    /// <summary>Ratings as Reviews keeps them, by store.</summary>
    public IReadOnlyDictionary<Guid, Row> Ratings { get; private set; } = null!;

    public IReadOnlyDictionary<Guid, Row> Standings { get; private set; } = null!;

    public IReadOnlyList<StoredCursor> Cursors { get; private set; } = [];

    public IReadOnlyList<(string Module, Row Letter)> DeadLetters { get; private set; } = [];

    /// <summary>A module's outbox, in order of position.</summary>
    public IReadOnlyList<Said> SaidBy(string module) => _said[module];

    /// <summary>What a module said of one type.</summary>
    public IEnumerable<Said> AllOf(string type) =>
        SaidBy(type[..type.IndexOf('.', StringComparison.Ordinal)]).Where(said => said.Type == type);

    /// <summary>What was acknowledged.</summary>
    public IEnumerable<Entry> Done(string deed) =>
        Ledger.Where(entry => entry.Deed == deed && entry.Outcome == Outcome.Done);

    /// <summary>What was acknowledged, or sent and never answered: all that can explain a change.</summary>
    public IEnumerable<Entry> MayBeDone(string deed) =>
        Ledger.Where(entry => entry.Deed == deed && entry.Outcome is (Outcome.Done or Outcome.Unknown));

    public static async Task<Evidence> GatherAsync(
        IReadOnlyList<Entry> ledger,
        IDatabases databases,
        CancellationToken stop
    )
    {
        var evidence = new Evidence { Ledger = ledger };
        foreach (var module in Modules)
        {
            var outbox = await databases.ReadAsync(module, "outbox", stop);
            evidence._said[module] = [.. outbox.Select(Said.Of).OrderBy(said => said.Position)];
            var cursors = await databases.ReadAsync(module, "cursor", stop);
            evidence.Cursors =
            [
                .. evidence.Cursors,
                .. cursors.Select(row => new StoredCursor(
                    module,
                    row.Text("Stream"),
                    row.Number("Position")
                )),
            ];
            var letters = await databases.ReadAsync(module, "dead_letter", stop);
            evidence.DeadLetters = [.. evidence.DeadLetters, .. letters.Select(row => (module, row))];
        }
        await evidence.GatherOrdersAsync(databases, stop);
        await evidence.GatherRidersAsync(databases, stop);
        await evidence.GatherReviewsAsync(databases, stop);
        return evidence;
    }

    private async Task GatherOrdersAsync(IDatabases databases, CancellationToken stop)
    {
        Orders = (await databases.ReadAsync("orders", "order", stop))
            .Select(StoredOrder.Of)
            .ToDictionary(order => order.Id);
        Stores = await databases.ReadAsync("orders", "store", stop);
        ShownRatings = (await databases.ReadAsync("orders", "store_rating", stop)).ToDictionary(row =>
            row.Id("StoreId")
        );
        Settlements = await databases.ReadAsync("orders", "settlement", stop);
        KeptAnswers =
        [
            .. (await databases.ReadAsync("orders", "idempotency_key", stop)).Select(KeptAnswer.Of),
        ];
    }

    private async Task GatherRidersAsync(IDatabases databases, CancellationToken stop)
    {
        Deliveries = (await databases.ReadAsync("riders", "delivery", stop))
            .Select(StoredDelivery.Of)
            .ToDictionary(delivery => delivery.Id);
        DeliveriesOfOrders = Deliveries.Values.ToLookup(delivery => delivery.OrderId);
        Offers = (await databases.ReadAsync("riders", "delivery_offer", stop))
            .Select(StoredOffer.Of)
            .ToDictionary(offer => offer.Id);
        Riders = await databases.ReadAsync("riders", "rider", stop);
        Earnings = await databases.ReadAsync("riders", "earning", stop);
    }

    private async Task GatherReviewsAsync(IDatabases databases, CancellationToken stop)
    {
        Reviews = (await databases.ReadAsync("reviews", "review", stop))
            .Select(StoredReview.Of)
            .ToDictionary(review => review.Id);
        Eligibilities = (await databases.ReadAsync("reviews", "review_eligibility", stop)).ToDictionary(row =>
            row.Id("OrderId")
        );
        Undelivered = (await databases.ReadAsync("reviews", "undelivered_order", stop)).ToDictionary(row =>
            row.Id("OrderId")
        );
        Ratings = (await databases.ReadAsync("reviews", "store_rating", stop)).ToDictionary(row =>
            row.Id("StoreId")
        );
        Standings = (await databases.ReadAsync("reviews", "rider_standing", stop)).ToDictionary(row =>
            row.Id("RiderId")
        );
    }
}
