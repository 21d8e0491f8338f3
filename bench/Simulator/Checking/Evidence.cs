using Simulator.Databases;
using Simulator.Ledgers;

namespace Simulator.Checking;

/// <summary>Everything there is to compare: the ledger, and what each module has stored and said.</summary>
internal sealed class Evidence
{
    private readonly Dictionary<string, IReadOnlyList<Said>> _said = new(StringComparer.Ordinal);

    public required IReadOnlyList<Entry> Ledger { get; init; }

    /// <summary>What each module follows.</summary>
    public required IReadOnlyList<(string Module, string Stream)> Subscriptions { get; init; }

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
        DeploymentStores databases,
        CancellationToken stop
    )
    {
        var evidence = new Evidence { Ledger = ledger, Subscriptions = databases.Subscriptions };
        foreach (var module in databases.All)
        {
            var outbox = await databases.Of(module).ReadAsync("outbox", stop);
            evidence._said[module] = [.. outbox.Select(Said.Of).OrderBy(said => said.Position)];
            var cursors = await databases.Of(module).ReadAsync("cursor", stop);
            evidence.Cursors =
            [
                .. evidence.Cursors,
                .. cursors.Select(row => new StoredCursor(
                    module,
                    row.Text("Stream"),
                    row.Number("Position")
                )),
            ];
            var letters = await databases.Of(module).ReadAsync("dead_letter", stop);
            evidence.DeadLetters = [.. evidence.DeadLetters, .. letters.Select(row => (module, row))];
        }
        await evidence.GatherOrdersAsync(databases, stop);
        await evidence.GatherRidersAsync(databases, stop);
        await evidence.GatherReviewsAsync(databases, stop);
        return evidence;
    }

    private async Task GatherOrdersAsync(DeploymentStores databases, CancellationToken stop)
    {
        Orders = (await databases.Of("orders").ReadAsync("order", stop))
            .Select(StoredOrder.Of)
            .ToDictionary(order => order.Id);
        Stores = await databases.Of("orders").ReadAsync("store", stop);
        ShownRatings = (await databases.Of("orders").ReadAsync("store_rating", stop)).ToDictionary(row =>
            row.Id("StoreId")
        );
        Settlements = await databases.Of("orders").ReadAsync("settlement", stop);
        KeptAnswers =
        [
            .. (await databases.Of("orders").ReadAsync("idempotency_key", stop)).Select(KeptAnswer.Of),
        ];
    }

    private async Task GatherRidersAsync(DeploymentStores databases, CancellationToken stop)
    {
        Deliveries = (await databases.Of("riders").ReadAsync("delivery", stop))
            .Select(StoredDelivery.Of)
            .ToDictionary(delivery => delivery.Id);
        DeliveriesOfOrders = Deliveries.Values.ToLookup(delivery => delivery.OrderId);
        Offers = (await databases.Of("riders").ReadAsync("delivery_offer", stop))
            .Select(StoredOffer.Of)
            .ToDictionary(offer => offer.Id);
        Riders = await databases.Of("riders").ReadAsync("rider", stop);
        Earnings = await databases.Of("riders").ReadAsync("earning", stop);
    }

    private async Task GatherReviewsAsync(DeploymentStores databases, CancellationToken stop)
    {
        Reviews = (await databases.Of("reviews").ReadAsync("review", stop))
            .Select(StoredReview.Of)
            .ToDictionary(review => review.Id);
        Eligibilities = (await databases.Of("reviews").ReadAsync("review_eligibility", stop)).ToDictionary(
            row => row.Id("OrderId")
        );
        Undelivered = (await databases.Of("reviews").ReadAsync("undelivered_order", stop)).ToDictionary(row =>
            row.Id("OrderId")
        );
        Ratings = (await databases.Of("reviews").ReadAsync("store_rating", stop)).ToDictionary(row =>
            row.Id("StoreId")
        );
        Standings = (await databases.Of("reviews").ReadAsync("rider_standing", stop)).ToDictionary(row =>
            row.Id("RiderId")
        );
    }
}
