using System.Text.Json.Nodes;
using Simulator.Calls;
using Simulator.Ledgers;

namespace Simulator.People;

/// <summary>One customer's visit: browse, ask the price, place, wait for the food, review it.</summary>
internal sealed class Visit(int number, VisitPlan plan, Guid storeId, Person customer, Pace pace)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1.5);
    private static readonly string[] Ends =
    [
        "Delivered",
        "Rejected",
        "Expired",
        "Cancelled",
        "Undeliverable",
    ];

    public async Task RunAsync(CancellationToken stop)
    {
        var (latitude, longitude) = plan.Door;
        await customer.LookAsync(
            FormattableString.Invariant($"/api/stores?latitude={latitude}&longitude={longitude}"),
            stop
        );
        var store = await customer.LookAsync($"/api/stores/{storeId}", stop);
        await pace.ThinkAsync(plan.Browsing, stop);
        var basket = BasketOf(store!["menu"]!.AsArray());
        if (await PlaceAsync(basket, stop) is not { } order)
            return;
        var cancelling = CancelAsync(order, stop);
        var end = await FollowAsync(order, stop);
        await cancelling;
        if (end == "Delivered" && plan.Review is { } review)
            await ReviewAsync(order, review, stop);
    }

    private JsonObject BasketOf(JsonArray menu) =>
        new()
        {
            ["storeId"] = storeId,
            ["items"] = new JsonArray([
                .. plan.Basket.Select(line => new JsonObject
                {
                    ["menuItemId"] = menu[line.Dish]!["menuItemId"]!.DeepClone(),
                    ["quantity"] = line.Quantity,
                    ["optionIds"] = new JsonArray(
                        menu[line.Dish]!["optionGroups"]![0]!["options"]![line.Size]!["optionId"]!.DeepClone()
                    ),
                }),
            ]),
            ["address"] = new JsonObject
            {
                ["line"] = "1 Somewhere-ro",
                ["latitude"] = plan.Door.Latitude,
                ["longitude"] = plan.Door.Longitude,
            },
            ["note"] = Ids.Visit(number),
        };

    private async Task<Guid?> PlaceAsync(JsonObject basket, CancellationToken stop)
    {
        var placed = await TryPlaceAsync(
            basket,
            plan.Payment,
            plan.Payment == "tok_timeout" ? 1 : plan.Patience,
            stop
        );
        if (plan.Payment == "tok_timeout" && !placed.IsFinal)
            placed = await TryPlaceAsync(basket, "tok_approve", plan.Patience, stop);
        return placed.Done ? placed.Id("orderId") : null;
    }

    private Task<Reply> TryPlaceAsync(JsonObject basket, string payment, int patience, CancellationToken stop)
    {
        var body = (JsonObject)basket.DeepClone();
        body["paymentToken"] = payment;
        return customer.DoAsync(
            new Call(Deeds.Place, HttpMethod.Post, "/api/orders")
            {
                Subject = storeId,
                Body = body,
                Key = Ids.Visit(number),
                Patience = patience,
            },
            stop
        );
    }

    private async Task CancelAsync(Guid order, CancellationToken stop)
    {
        if (plan.CancelsAfter is not { } after)
            return;
        await pace.ThinkAsync(after, stop);
        await customer.DoAsync(
            Call.Post(Deeds.Cancel, $"/api/orders/{order}/cancel", order, new { reason = "changed_mind" }),
            stop
        );
    }

    /// <summary>Looks again and again, and notes whatever is new.</summary>
    private async Task<string?> FollowAsync(Guid order, CancellationToken stop)
    {
        var shown = "";
        while (true)
        {
            var seen = await customer.LookAsync($"/api/orders/{order}", stop);
            var state = (string?)seen?["status"] ?? "missing";
            var timeline = seen?["timeline"]?.AsArray().Select(entry => (string)entry!["status"]!).ToList();
            var now = string.Join(' ', timeline ?? [state]);
            if (now != shown)
                customer.Saw(order, state, timeline);
            shown = now;
            if (state == "missing" || Ends.Contains(state))
                return state;
            await pace.ThinkAsync(BetweenLooks, stop);
        }
    }

    private async Task ReviewAsync(Guid order, ReviewPlan review, CancellationToken stop)
    {
        await pace.ThinkAsync(review.After, stop);
        Reply written;
        while (true)
        {
            written = await customer.DoAsync(
                Call.Post(
                    Deeds.Review,
                    "/api/reviews",
                    order,
                    new
                    {
                        orderId = order,
                        foodRating = review.Food,
                        deliveryRating = review.Delivery,
                        text = $"Of {Ids.Visit(number)}.",
                    }
                ),
                stop
            );
            // Reviews hears of the delivery by an event, a moment later.
            if (written.Status != 404)
                break;
            await pace.ThinkAsync(BetweenLooks, stop);
        }
        if (!written.Done || written.Id("reviewId") is not { } id)
            return;
        if (review.EditsTo is { } other)
        {
            await customer.DoAsync(
                Call.Put(
                    Deeds.Edit,
                    $"/api/reviews/{id}",
                    id,
                    new
                    {
                        foodRating = other.Food,
                        deliveryRating = other.Delivery,
                        text = "On second thought.",
                    }
                ),
                stop
            );
        }
        if (review.Removes)
        {
            await customer.DoAsync(
                new Call(Deeds.Remove, HttpMethod.Delete, $"/api/reviews/{id}") { Subject = id },
                stop
            );
        }
    }
}
