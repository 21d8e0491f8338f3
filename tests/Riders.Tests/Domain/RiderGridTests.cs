using CsCheck;
using Platform.Domain;
using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>Riders rule 8.</summary>
public sealed class RiderGridTests
{
    [Fact]
    public void Ranking_among_ten_thousand_looks_at_a_few_hundred_at_most()
    {
        var grid = new RiderGrid();
        var random = new Random(7);
        for (var rider = 0; rider < 10_000; rider++)
            grid.Place(NewId(), Somewhere(random));

        for (var query = 0; query < 200; query++)
        {
            var found = grid.Nearest(Somewhere(random), Rules.Candidates, 8_000, _ => true);
            found.Riders.Count.ShouldBe(Rules.Candidates);
            found.Examined.ShouldBeLessThan(500);
        }
    }

    [Fact]
    public void The_nearest_are_the_same_as_by_looking_at_everybody() =>
        Gen.Select(
                Gen.Select(Gen.Double[-89.9, 89.9], Gen.Double[-180, 180]),
                Gen.Select(Gen.Double[-0.05, 0.05], Gen.Double[-0.05, 0.05]).List[0, 600],
                Gen.Int[1, 20],
                Gen.Double[10, 6_000]
            )
            .Sample(
                (centre, offsets, count, within) =>
                {
                    var from = new GeoPoint(centre.Item1, centre.Item2);
                    var grid = new RiderGrid();
                    var all = new Dictionary<Guid, GeoPoint>();
                    foreach (var (north, east) in offsets)
                    {
                        var place = new GeoPoint(
                            Math.Clamp(from.Latitude + north, -90, 90),
                            Wrap(from.Longitude + east)
                        );
                        var riderId = NewId();
                        all[riderId] = place;
                        grid.Place(riderId, from);
                        grid.Place(riderId, place);
                    }
                    var expected = all
                        .Values.Select(place => from.MetresTo(place))
                        .Where(metres => metres <= within)
                        .Order()
                        .Take(count);
                    grid.Nearest(from, count, within, _ => true)
                        .Riders.Select(nearby => nearby.Metres)
                        .ShouldBe(expected);
                },
                iter: 300
            );

    [Fact]
    public void Who_is_not_accepted_is_passed_over_for_the_next_nearest()
    {
        var grid = new RiderGrid();
        var (near, far) = (NewId(), NewId());
        grid.Place(near, North(Store, 100));
        grid.Place(far, North(Store, 1_900));
        var found = grid.Nearest(Store, 1, 2_000, riderId => riderId != near);
        found.Riders.ShouldHaveSingleItem().RiderId.ShouldBe(far);
    }

    [Fact]
    public void Who_left_is_not_found()
    {
        var grid = new RiderGrid();
        var riderId = NewId();
        grid.Place(riderId, Store);
        grid.Remove(riderId);
        grid.Remove(riderId);
        grid.Nearest(Store, 5, 2_000, _ => true).Riders.ShouldBeEmpty();
        grid.Count.ShouldBe(0);
    }

    private static GeoPoint Somewhere(Random random) =>
        new(37.47 + (random.NextDouble() * 0.09), 127.05 + (random.NextDouble() * 0.11));

    private static double Wrap(double longitude) =>
        longitude switch
        {
            > 180 => longitude - 360,
            < -180 => longitude + 360,
            _ => longitude,
        };
}
