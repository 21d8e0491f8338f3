using Platform.Domain;
using Riders.Domain;

namespace Riders.Tests.Domain;

/// <summary>A store and a customer 2 km apart in Songpa-gu at noon, with default rules.</summary>
internal static class Scene
{
    public static readonly DeliveryRules Rules = new();
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    public static readonly GeoPoint Store = new(37.5145, 127.1059);
    public static readonly GeoPoint Customer = North(Store, 2_000);

    private static int _last;

    public static GeoPoint North(GeoPoint place, double metres) =>
        place with
        {
            Latitude = place.Latitude + double.RadiansToDegrees(metres / 6_371_000),
        };

    /// <summary>Ids that differ by their last digits only, so that failures can be read.</summary>
    public static Guid NewId() => new(Interlocked.Increment(ref _last), 0, 0, new byte[8]);

    public static Rider OnlineRider()
    {
        var rider = Rider.Register(NewId());
        rider.GoOnline();
        return rider;
    }

    public static Delivery Requested(TimeSpan? readyIn = null) =>
        Delivery.Request(
            NewId(),
            new Errand(
                NewId(),
                NewId(),
                NewId(),
                "Bibimbap House",
                "1 Olympic-ro",
                Store,
                "2 Garden-ro",
                Customer,
                "KRW",
                Noon + (readyIn ?? TimeSpan.FromMinutes(10))
            ),
            new PayRates(),
            Rules,
            Noon
        );

    public static Guid Ask(this Delivery delivery, Rider rider, DateTimeOffset? at = null)
    {
        var offerId = NewId();
        delivery.OfferTo(rider, offerId, 500, Rules, at ?? Noon).ShouldBeDone();
        return offerId;
    }

    public static Guid AssignedTo(this Delivery delivery, Rider rider, DateTimeOffset? at = null)
    {
        var offerId = delivery.Ask(rider, at);
        delivery.Accept(offerId, rider, Rules, at ?? Noon).ShouldBeDone();
        return offerId;
    }

    public static void ShouldBeDone(this Result result) => result.Error.ShouldBeNull();

    public static void ShouldBeRefused(this Result result, string code)
    {
        result.Error.ShouldNotBeNull();
        result.Error.Code.ShouldBe(code);
    }
}
