using Platform.Domain;
using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>Riders rules 3 and 6.</summary>
public sealed class RankingTests
{
    private static readonly Leg Wanted = new(Store, Customer);

    [Fact]
    public void The_nearer_of_two_free_riders_comes_first()
    {
        var near = Free(North(Store, 300));
        var far = Free(North(Store, 900));
        Rank(far, near).ShouldBe([near.RiderId, far.RiderId]);
    }

    [Fact]
    public void A_free_rider_comes_before_a_nearer_one_with_a_delivery_in_hand()
    {
        var free = Free(North(Store, 1_500));
        var loaded = Loaded(North(Store, 100), new Leg(Store, Customer));
        Rank(loaded, free).ShouldBe([free.RiderId, loaded.RiderId]);
    }

    [Fact]
    public void A_loaded_rider_comes_before_a_free_one_who_is_much_farther()
    {
        var free = Free(North(Store, -5_000));
        var loaded = Loaded(North(Store, 100), new Leg(Store, Customer));
        Rank(loaded, free).ShouldBe([loaded.RiderId, free.RiderId]);
    }

    [Fact]
    public void A_second_delivery_on_the_way_is_within_the_detour_cap()
    {
        var loaded = Loaded(Store, new Leg(Store, North(Customer, 500), OnBoard: true));
        Rank(loaded).ShouldBe([loaded.RiderId]);
    }

    [Fact]
    public void A_second_delivery_the_other_way_is_beyond_the_detour_cap()
    {
        var loaded = Loaded(Store, new Leg(Store, North(Store, -4_000), OnBoard: true));
        Rank(loaded).ShouldBeEmpty();
    }

    [Fact]
    public void A_rider_with_two_deliveries_is_left_out()
    {
        var full = Loaded(Store, new Leg(Store, Customer), new Leg(Store, Customer));
        Rank(full).ShouldBeEmpty();
    }

    [Fact]
    public void The_shortest_way_goes_to_each_store_before_its_customer()
    {
        var first = new Leg(North(Store, 1_000), North(Store, 500));
        var route = Route.Shortest(Store, [first]);
        route.Metres.ShouldBe(1_500, 1);
        route.MetresToLastPickUp.ShouldBe(1_000, 1);

        var both = Route.Shortest(Store, [first, new Leg(Store, North(Store, 800))]);
        both.Metres.ShouldBe(1_500, 1);
        both.MetresToLastPickUp.ShouldBe(0, 1);
    }

    private static Guid[] Rank(params Candidate[] candidates) =>
        [.. Ranking.Rank(Wanted, candidates, Rules).Select(ranked => ranked.RiderId)];

    private static Candidate Free(GeoPoint location) => new(NewId(), location, []);

    private static Candidate Loaded(GeoPoint location, params Leg[] inHand) => new(NewId(), location, inHand);
}
