using Microsoft.EntityFrameworkCore;
using Platform.Domain;
using Platform.Modules;
using Riders.Domain;

namespace Riders.Data;

/// <summary>
/// Twenty riders around Songpa-gu, all offline: one who is online but whom nobody plays would swallow offers of
/// the first minutes, thirty seconds each. The first is the account rider@demo.local.
/// </summary>
internal sealed class RidersDemoData(RidersDbContext riders, TimeProvider clock) : IDemoData
{
    private static readonly GeoPoint Centre = new(37.5145, 127.1059);

    private static readonly string[] Names =
    [
        "Kim Min-jun",
        "Lee Seo-yeon",
        "Park Ji-hoon",
        "Choi Su-bin",
        "Jung Ha-eun",
        "Kang Do-yun",
        "Cho Ye-jin",
        "Yoon Si-woo",
        "Jang Na-yeon",
        "Lim Jun-seo",
        "Han Ji-woo",
        "Oh Eun-ji",
        "Seo Tae-yang",
        "Shin Bo-ra",
        "Kwon Hyun-woo",
        "Hwang Mi-rae",
        "Ahn Sung-min",
        "Song Da-hye",
        "Yoo Jae-hyun",
        "Hong Ga-ram",
    ];

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var known = await riders.Riders.Select(rider => rider.RiderId).ToHashSetAsync(cancellationToken);
        for (var index = 0; index < Names.Length; index++)
        {
            var riderId = IdOf(index);
            if (known.Contains(riderId))
                continue;
            var place = Around(index);
            riders.Riders.Add(Rider.Register(riderId, Names[index]));
            riders.Locations.Add(
                new RiderLocation
                {
                    RiderId = riderId,
                    Latitude = place.Latitude,
                    Longitude = place.Longitude,
                    At = clock.GetUtcNow(),
                }
            );
        }
        await riders.SaveChangesAsync(cancellationToken);
    }

    private static Guid IdOf(int index) =>
        index == 0 ? DemoIds.Rider : new Guid($"0199c000-0000-7000-8000-{0x200 + index:x12}");

    /// <summary>A spiral, so that they are spread evenly and the same at every start.</summary>
    private static GeoPoint Around(int index)
    {
        var (angle, degrees) = (index * 2.4, 0.004 * Math.Sqrt(index));
        return new GeoPoint(
            Math.Round(Centre.Latitude + (degrees * Math.Sin(angle)), 6),
            Math.Round(Centre.Longitude + (degrees * Math.Cos(angle)), 6)
        );
    }
}
