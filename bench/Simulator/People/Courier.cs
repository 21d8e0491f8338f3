using Simulator.Calls;
using Simulator.Ledgers;

namespace Simulator.People;

/// <summary>
/// A rider: says where they are, takes or leaves offers, carries what they took, gives up now and then. What they
/// have in hand they ask the platform, so that they go on where they were whatever crashed.
/// </summary>
internal sealed class Courier(int index, int seed, Town town, Person rider, Pace pace)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan BetweenLocations = TimeSpan.FromSeconds(2);
    private const int LooksPerStocktaking = 8;

    private readonly Chance _chance = new(seed, $"rider {index}");
    private readonly HashSet<Guid> _answered = [];
    private readonly Dictionary<Guid, Task> _rides = [];
    private DateTimeOffset _nextLocation;

    /// <summary>Rides until stopped, beginning with a shift.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await ShiftAsync(online: true, stop);
        for (var look = 1; ; look++)
        {
            await SayWhereAsync(stop);
            await LookForOffersAsync(stop);
            if (look % LooksPerStocktaking == 0)
                await TakeStockAsync(stop);
            if (_rides.Count == 0 && _chance.Of(0.003))
            {
                await ShiftAsync(online: false, stop);
                await pace.ThinkAsync(_chance.Seconds(1, 4), stop);
                await ShiftAsync(online: true, stop);
            }
            await pace.ThinkAsync(BetweenLooks, stop);
        }
    }

    /// <summary>Ends the shift, when everything is delivered.</summary>
    public Task GoHomeAsync(CancellationToken stop) => ShiftAsync(online: false, stop);

    private Task<Reply> ShiftAsync(bool online, CancellationToken stop) =>
        rider.DoAsync(Call.Put(Deeds.Shift, "/api/riders/me/shift", rider.Id, new { online }), stop);

    private async Task SayWhereAsync(CancellationToken stop)
    {
        if (pace.Clock.GetUtcNow() < _nextLocation)
            return;
        _nextLocation = pace.Clock.GetUtcNow() + BetweenLocations;
        var (latitude, longitude) = town.Somewhere(_chance, 600);
        await rider.MentionAsync("/api/riders/me/location", new { latitude, longitude }, stop);
    }

    private async Task LookForOffersAsync(CancellationToken stop)
    {
        var offers = await rider.LookAsync("/api/riders/me/offers", stop);
        foreach (var offer in offers!["items"]!.AsArray())
        {
            var id = (Guid)offer!["offerId"]!;
            if (!_answered.Add(id))
                continue;
            switch (_chance.Whole(1, 100))
            {
                case <= 2:
                    break;
                case <= 9:
                    await AnswerAsync(Deeds.Decline, id, "decline", stop);
                    break;
                default:
                    var taken = await AnswerAsync(Deeds.Take, id, "accept", stop);
                    if (taken.Done)
                        Ride((Guid)offer["deliveryId"]!, carries: false, stop);
                    break;
            }
        }
    }

    private Task<Reply> AnswerAsync(string deed, Guid offer, string verb, CancellationToken stop) =>
        rider.DoAsync(Call.Post(deed, $"/api/riders/me/offers/{offer}/{verb}", offer), stop);

    private async Task TakeStockAsync(CancellationToken stop)
    {
        foreach (var (delivery, ride) in _rides.Where(one => one.Value.IsCompleted).ToList())
        {
            await ride;
            _rides.Remove(delivery);
        }
        var inHand = await rider.LookAsync("/api/riders/me/deliveries?limit=100", stop);
        foreach (var delivery in inHand!["items"]!.AsArray())
        {
            var id = (Guid)delivery!["deliveryId"]!;
            if (!_rides.ContainsKey(id))
                Ride(id, (string)delivery["status"]! == "PickedUp", stop);
        }
    }

    private void Ride(Guid delivery, bool carries, CancellationToken stop)
    {
        var plan = RidePlan.Of(_chance);
        if (!_rides.ContainsKey(delivery))
            _rides[delivery] = RideAsync(delivery, plan, carries, stop);
    }

    private async Task RideAsync(Guid delivery, RidePlan plan, bool carries, CancellationToken stop)
    {
        if (!carries)
        {
            await pace.ThinkAsync(plan.ToStore, stop);
            if (plan.GivesUp)
            {
                await PostAsync(Deeds.GiveUp, delivery, "give-up", body: null, stop);
                return;
            }
            var pickedUp = await PostAsync(Deeds.PickUp, delivery, "pick-up", body: null, stop);
            if (!pickedUp.Done)
                return;
        }
        await pace.ThinkAsync(plan.ToDoor, stop);
        if (plan.FailsFor is { } reason)
            await PostAsync(Deeds.Fail, delivery, "fail", new { reason }, stop);
        else
            await PostAsync(Deeds.Deliver, delivery, "deliver", body: null, stop);
    }

    private Task<Reply> PostAsync(
        string deed,
        Guid delivery,
        string verb,
        object? body,
        CancellationToken stop
    ) => rider.DoAsync(Call.Post(deed, $"/api/deliveries/{delivery}/{verb}", delivery, body), stop);

    /// <summary>What happens on one ride.</summary>
    private sealed record RidePlan(TimeSpan ToStore, TimeSpan ToDoor, bool GivesUp, string? FailsFor)
    {
        public static RidePlan Of(Chance chance) =>
            new(
                chance.Seconds(0.3, 2.5),
                chance.Seconds(0.5, 4),
                chance.Of(0.05),
                chance.Of(0.05) ? chance.OneOf("customer_absent", "damaged", "accident", "store_error") : null
            );
    }
}
