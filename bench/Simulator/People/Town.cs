using Simulator.Calls;
using Simulator.Ledgers;

namespace Simulator.People;

/// <summary>A few streets that the seed chose, small enough for every store to reach every door.</summary>
internal sealed class Town
{
    private const double Metre = 1 / 111_000.0;

    private static readonly string[] Dishes = ["Soup", "Noodles", "Rice", "Dumplings"];

    private readonly double _latitude;
    private readonly double _longitude;
    private readonly string _run;

    public Town(TrafficPlan plan)
    {
        var chance = new Chance(plan.Seed, "town");
        (_latitude, _longitude) = (chance.Between(-50, 50), chance.Between(-170, 170));
        _run = plan.Run;
        StoreIds = [.. Enumerable.Range(0, plan.Stores).Select(index => Ids.Of(_run, $"store {index}"))];
    }

    public IReadOnlyList<Guid> StoreIds { get; }

    /// <summary>A place within so many metres of the middle, north and south, east and west.</summary>
    public (double Latitude, double Longitude) Somewhere(Chance chance, double metres) =>
        (
            _latitude + (chance.Between(-metres, metres) * Metre),
            _longitude
                + (chance.Between(-metres, metres) * Metre / Math.Cos(double.DegreesToRadians(_latitude)))
        );

    /// <summary>Opens the stores. One that is there already stays as it is.</summary>
    public async Task OpenAsync(Person founder, int seed, CancellationToken stop)
    {
        foreach (var (index, storeId) in StoreIds.Index())
        {
            var chance = new Chance(seed, $"store {index}");
            var (latitude, longitude) = Somewhere(chance, 500);
            var opened = await founder.DoAsync(
                Call.Post(
                    Deeds.Register,
                    "/api/stores",
                    storeId,
                    Shop(storeId, index, latitude, longitude, chance)
                ),
                stop
            );
            // The second: an attempt that had no answer was still under way.
            if (!opened.Done && opened.Code is not ("store_already_registered" or "changed_meanwhile"))
            {
                throw new InvalidOperationException(
                    $"The deployment does not let the simulator open stores ({opened.Status} {opened.Code}): does it trust the simulator's issuer?"
                );
            }
        }
    }

    private static object Shop(Guid storeId, int index, double latitude, double longitude, Chance chance) =>
        new
        {
            storeId,
            name = $"Kitchen {index}",
            address = $"{index + 1} Simulation-ro",
            latitude,
            longitude,
            currency = "KRW",
            minimum = 5000,
            timeZone = "Asia/Seoul",
            hours = Enum.GetNames<DayOfWeek>()
                .Select(day => new
                {
                    day,
                    from = "00:00:00",
                    to = "00:00:00",
                }),
            delivery = new
            {
                radiusMetres = 5000,
                baseFee = 1000,
                bands = new[] { new { fromMetres = 800, surcharge = 500 } },
                freeFrom = 60000,
            },
            menu = Dishes.Select(dish => new
            {
                section = "All day",
                name = dish,
                price = chance.Whole(6, 15) * 1000,
                optionGroups = new[]
                {
                    new
                    {
                        name = "Size",
                        minimum = 1,
                        maximum = 1,
                        options = new[]
                        {
                            new { name = "Regular", price = 0 },
                            new { name = "Large", price = 2000 },
                        },
                    },
                },
            }),
        };
}
