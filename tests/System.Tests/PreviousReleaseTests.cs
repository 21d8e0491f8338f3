using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// The databases of release 1, with data in them, are migrated and go on in this one. A migration that only fits empty
/// tables, an event that can no longer be read or a cursor that is lost shows here.
/// </summary>
public sealed class PreviousReleaseTests
{
    [Theory]
    [Trait("Fault", "G2")]
    [InlineData(TestEngine.Sqlite)]
    [InlineData(TestEngine.PostgreSql)]
    public async Task What_the_previous_release_stored_goes_on_in_this_one(TestEngine engine)
    {
        using var folder = new TemporaryFolder(engine);
        var before = await PreviousRelease.RestoreAsync(folder);
        await using var host = await HostProcess.StartAsync(
            folder.Path,
            [.. (await folder.SettingsAsync()).Select(setting => $"--{setting.Key}={setting.Value}")]
        );
        await host.IsReadyAsync();
        var customer = host.Tokens.Customer(PreviousRelease.Customer);

        // What waited for Reviews was written by the previous release.
        await HoldsAsync(() => MayReviewAsync(before.Waiting), "what waited is handled");
        // What was under way goes on.
        (
            await host.Api.PostAsync(
                $"/api/deliveries/{before.Delivery}/deliver",
                host.Tokens.Rider(PreviousRelease.Rider)
            )
        ).ShouldBe(200);
        await HoldsAsync(() => MayReviewAsync(before.Carried), "what was carried is delivered");
        foreach (var order in new[] { before.Waiting, before.Carried })
        {
            var review = new
            {
                orderId = order,
                foodRating = 2,
                deliveryRating = 2,
                text = "Cold.",
            };
            (await host.Api.PostAsync("/api/reviews", customer, review)).ShouldBe(201);
        }
        await HoldsAsync(
            async () =>
                (await host.Api.GetAsync($"/api/stores/{PreviousRelease.Store}")).Json["rating"]!
                    is { } rating
                && ((double)rating["average"]!, (int)rating["count"]!) is (3, 3),
            "new reviews count beside the old one"
        );
        // Deadlines that passed in between are kept.
        await HoldsAsync(
            async () =>
                (await host.Api.GetAsync("/api/orders", host.Tokens.Operator())).Json["items"]!
                    .AsArray()
                    .Select(order => (string)order!["status"]!)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(["Delivered", "Delivered", "Delivered", "Expired"]),
            "the order that nobody answered expires"
        );
        // Accounts are known, and whatever is new begins as ever.
        using var person = await Browser.SignInAsync(host, "customer");
        (await person.LookAsync($"/orders/{before.Carried}")).ShouldBe(200);
        await (await Story.BeginAsync(host)).DeliverOneAsync();
        (await host.Api.GetAsync("/api/ops/dead-letters", host.Tokens.Operator())).Json["items"]!
            .AsArray()
            .ShouldBeEmpty();

        async Task<bool> MayReviewAsync(Guid order) =>
            (await host.Api.GetAsync("/api/reviews/eligible", customer))
                .ShouldBe(200)
                .Body.Contains($"{order}", StringComparison.Ordinal);

        Task HoldsAsync(Func<Task<bool>> condition, string what) => Eventually.HoldsAsync(condition, what);
    }
}
