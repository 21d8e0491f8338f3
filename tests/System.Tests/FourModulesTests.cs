using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// A fourth module handles events which Riders, Reviews and Orders handle too. <c>MONOLITH_PLACEMENT</c> names which of
/// the four are elsewhere, and <c>scripts/placements</c> goes through all of them.
/// </summary>
public sealed class FourModulesTests
{
    private const string Fourth = "Echoes";

    public static TheoryData<string> Placements =>
        Placement.Named is { } named ? [named] : ["Echoes", "Orders,Riders,Reviews,Echoes"];

    [Theory]
    [Trait("Fault", "G1")]
    [MemberData(nameof(Placements))]
    public async Task An_order_is_heard_of_once_by_everybody_wherever_they_run(string elsewhere)
    {
        await using var deployment = await SpreadDeployment.WithFourthAsync(Fourth, elsewhere);
        var story = await Story.BeginAsync(deployment.Front);

        var order = await story.DeliverOneAsync();
        await story.ReviewAsync(order, 4);

        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (4, 1),
            "the rating reaches the store in Orders"
        );
        await HasHeardAsync(order, "DeliveryCompleted", "OrderAccepted", "OrderDelivered", "OrderReady");
        await HasHeardAsync(story.StoreId, "StoreRatingChanged");

        Task HasHeardAsync(Guid key, params string[] what) =>
            Eventually.HoldsAsync(
                async () =>
                    (await deployment.Front.Api.GetAsync($"/api/echoes/{key}"))
                        .ShouldBe(200)
                        .Json.AsArray()
                        .Select(heard => (string)heard!)
                        .Order(StringComparer.Ordinal)
                        .SequenceEqual(what),
                $"Echoes has heard {string.Join(", ", what)}"
            );
    }
}
