using Simulator.Calls;
using Simulator.Ledgers;

namespace Simulator.People;

/// <summary>
/// Keeps one store: answers orders or lets them expire, cooks, pauses now and then, replies to reviews. What becomes
/// of an order hangs on its visit, not on when it is seen.
/// </summary>
internal sealed class Keeper(int index, Guid storeId, int seed, Person keeper, Pace pace)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.5);
    private const int LooksPerReviewRound = 12;

    private readonly Chance _chance = new(seed, $"keeper {index}");
    private readonly HashSet<Guid> _known = [];
    private readonly HashSet<Guid> _read = [];
    private readonly List<Task> _work = [];

    /// <summary>Keeps the store until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var look = 1; ; look++)
        {
            await LookForOrdersAsync(stop);
            if (look % LooksPerReviewRound == 0)
                await ReadReviewsAsync(stop);
            if (_chance.Of(0.004))
                await TakeABreakAsync(stop);
            _work.RemoveAll(task => task.IsCompletedSuccessfully);
            if (_work.Find(task => task.IsFaulted) is { } broken)
                await broken;
            await pace.ThinkAsync(BetweenLooks, stop);
        }
    }

    private async Task LookForOrdersAsync(CancellationToken stop)
    {
        string? next = null;
        do
        {
            var path =
                $"/api/orders?status=Placed&limit=100{(next is null ? "" : $"&cursor={Uri.EscapeDataString(next)}")}";
            var page = await keeper.LookAsync(path, stop);
            foreach (var order in page!["items"]!.AsArray())
            {
                var id = (Guid)order!["orderId"]!;
                if (_known.Add(id))
                    _work.Add(ServeAsync(id, (string?)order["note"] ?? "", stop));
            }
            next = (string?)page["next"];
        } while (next is not null);
    }

    private async Task ServeAsync(Guid order, string visit, CancellationToken stop)
    {
        var chance = new Chance(seed, $"keeper of {visit}");
        var (answersAfter, cooksFor) = (chance.Seconds(0.2, 2), chance.Seconds(0.5, 4));
        switch (chance.Whole(1, 100))
        {
            case <= 2:
                return;
            case <= 7:
                await pace.ThinkAsync(answersAfter, stop);
                await PostAsync(Deeds.Reject, order, "reject", new { reason = "too_busy" }, stop);
                return;
            case <= 10:
                await pace.ThinkAsync(answersAfter, stop);
                await PostAsync(Deeds.Accept, order, "accept", new { preparationMinutes = 10 }, stop);
                await pace.ThinkAsync(cooksFor, stop);
                await PostAsync(Deeds.Cancel, order, "cancel", new { reason = "burnt" }, stop);
                return;
            case <= 14:
                await pace.ThinkAsync(answersAfter, stop);
                await PostAsync(Deeds.Accept, order, "accept", new { preparationMinutes = 5 }, stop);
                return;
            default:
                await pace.ThinkAsync(answersAfter, stop);
                await PostAsync(Deeds.Accept, order, "accept", new { preparationMinutes = 5 }, stop);
                await pace.ThinkAsync(cooksFor, stop);
                await PostAsync(Deeds.Ready, order, "ready", body: null, stop);
                return;
        }
    }

    private async Task ReadReviewsAsync(CancellationToken stop)
    {
        var page = await keeper.LookAsync($"/api/reviews?storeId={storeId}&limit=20", stop);
        foreach (
            var review in page!["items"]!.AsArray().Select(one => (Guid)one!["reviewId"]!).Where(_read.Add)
        )
        {
            if (_chance.Of(0.4))
                await ReviewAsync(
                    Deeds.Reply,
                    review,
                    "reply",
                    new { text = "Thank you, come again." },
                    stop
                );
            else if (_chance.Of(0.06))
                await ReviewAsync(Deeds.Dispute, review, "dispute", new { reason = "Not our soup." }, stop);
        }
    }

    private async Task TakeABreakAsync(CancellationToken stop)
    {
        await keeper.DoAsync(Call.Put(Deeds.Pause, $"/api/stores/{storeId}/pause", storeId), stop);
        await pace.ThinkAsync(TimeSpan.FromSeconds(2), stop);
        await keeper.DoAsync(Call.Put(Deeds.Resume, $"/api/stores/{storeId}/resume", storeId), stop);
    }

    private Task<Reply> PostAsync(
        string deed,
        Guid order,
        string verb,
        object? body,
        CancellationToken stop
    ) => keeper.DoAsync(Call.Post(deed, $"/api/orders/{order}/{verb}", order, body), stop);

    private Task<Reply> ReviewAsync(
        string deed,
        Guid review,
        string verb,
        object body,
        CancellationToken stop
    ) => keeper.DoAsync(Call.Post(deed, $"/api/reviews/{review}/{verb}", review, body), stop);
}
