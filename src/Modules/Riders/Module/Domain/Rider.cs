using Platform.Domain;

namespace Riders.Domain;

internal enum RiderState
{
    Offline,
    Available,
    Offered,
    Busy,
}

/// <summary>
/// A rider's shift, live offer and load. Offers and loads change only through a <see cref="Delivery"/>, so that
/// the two sides of an assignment never disagree.
/// </summary>
internal sealed class Rider : IAggregateRoot
{
    private Rider() { }

    public Guid RiderId { get; private set; }
    public string Name { get; private set; } = "";
    public RiderState State { get; private set; }
    public bool OnShift { get; private set; }
    public Guid? LiveOfferId { get; private set; }

    /// <summary>Deliveries in hand.</summary>
    public int Load { get; private set; }

    public static Rider Register(Guid riderId, string name) => new() { RiderId = riderId, Name = name };

    /// <summary>A token tells who a rider is but not what they are called; the id's end tells riders apart.</summary>
    public static Rider Register(Guid riderId) => Register(riderId, $"Rider {riderId.ToString()[^4..]}");

    public bool MayBeOffered(int maximumLoad) => OnShift && LiveOfferId is null && Load < maximumLoad;

    /// <summary>Starts the shift; a repeat changes nothing.</summary>
    public void GoOnline()
    {
        OnShift = true;
        Settle();
    }

    /// <summary>Ends the shift; a repeat changes nothing.</summary>
    public Result GoOffline()
    {
        if (Load > 0)
            return Error.Refused(
                "deliveries_in_hand",
                "Finish or give up your deliveries before you go offline."
            );
        if (LiveOfferId is not null)
            return Error.Conflict("offer_open", "An offer waits for your answer.");
        OnShift = false;
        Settle();
        return Result.Done;
    }

    internal Result Receive(Guid offerId, int maximumLoad)
    {
        if (!OnShift)
            return Error.Refused("rider_offline", "The rider is not on shift.");
        if (LiveOfferId is not null)
            return Error.Conflict("rider_has_an_offer", "A rider holds one live offer at most.");
        if (Load >= maximumLoad)
            return Error.Refused("rider_fully_loaded", $"A rider carries {maximumLoad} deliveries at most.");
        LiveOfferId = offerId;
        Settle();
        return Result.Done;
    }

    internal void LetGoOf(Guid offerId)
    {
        if (LiveOfferId != offerId)
            return;
        LiveOfferId = null;
        Settle();
    }

    internal void TakeOn(Guid offerId)
    {
        LetGoOf(offerId);
        Load++;
        Settle();
    }

    internal void PutDown()
    {
        Load--;
        Settle();
    }

    private void Settle() =>
        State = this switch
        {
            { OnShift: false } => RiderState.Offline,
            { LiveOfferId: not null } => RiderState.Offered,
            { Load: > 0 } => RiderState.Busy,
            _ => RiderState.Available,
        };
}
