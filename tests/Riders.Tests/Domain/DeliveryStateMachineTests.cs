using System.Collections.Concurrent;
using CsCheck;
using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>
/// Random commands to four riders and four deliveries, checked after each against a model that knows only who
/// was asked, who took what, and which step follows which.
/// </summary>
public sealed class DeliveryStateMachineTests
{
    private const int Size = 4;

    private enum Act
    {
        Online,
        Offline,
        Offer,
        Accept,
        AcceptOld,
        Decline,
        Lapse,
        NobodyFound,
        GiveUp,
        NoProgress,
        PickUp,
        Complete,
        Fail,
        FailByOperator,
        Cancel,
        Ready,
        BreakPromises,
    }

    /// <summary>What ends a delivery is rare, or few would live to be delivered.</summary>
    private static readonly Gen<Act> Acts = Gen.Frequency(
        (30, OneOf(Act.Offer, Act.Accept, Act.PickUp)),
        (15, OneOf(Act.Decline, Act.Lapse, Act.GiveUp, Act.NoProgress, Act.NobodyFound)),
        (10, OneOf(Act.AcceptOld, Act.Online, Act.Offline, Act.Ready, Act.BreakPromises)),
        (4, OneOf(Act.Complete, Act.Fail)),
        (1, OneOf(Act.FailByOperator, Act.Cancel))
    );

    private static Gen<Act> OneOf(params Act[] acts) =>
        Gen.Int[0, acts.Length - 1].Select(index => acts[index]);

    private static readonly Gen<(Act Act, int Rider, int Delivery, int Seconds)> Steps = Gen.Select(
        Acts,
        Gen.Int[0, (4 * Size) - 1],
        Gen.Int[0, Size - 1],
        Gen.Frequency((8, Gen.Int[0, 3]), (2, Gen.Int[0, 40]), (1, Gen.Int[0, 1_500]))
    );

    [Fact]
    public void No_sequence_of_commands_reaches_an_illegal_state()
    {
        var reached = new ConcurrentDictionary<string, int>();
        Steps
            .List[0, 150]
            .Sample(
                steps =>
                {
                    var town = new Town();
                    foreach (var step in steps)
                    {
                        town.Do(step.Act, step.Rider, step.Delivery, step.Seconds);
                        town.Check();
                    }
                    foreach (var delivery in town.Deliveries)
                        reached.AddOrUpdate($"{delivery.Status}", 1, (_, times) => times + 1);
                    town.FinishEverything();
                    town.Check();
                    town.Riders.ShouldAllBe(rider => rider.Load == 0 && rider.LiveOfferId == null);
                    town.Riders.ShouldAllBe(rider =>
                        rider.State == RiderState.Offline || rider.State == RiderState.Available
                    );
                },
                iter: 1_000
            );
        foreach (var status in Enum.GetNames<DeliveryStatus>())
            reached.GetValueOrDefault(status).ShouldBeGreaterThan(10, $"{status} must not go untested");
    }

    private sealed class Town
    {
        private static readonly Dictionary<DeliveryStatus, DeliveryStatus[]> Steps = new()
        {
            [DeliveryStatus.Requested] =
            [
                DeliveryStatus.Offered,
                DeliveryStatus.Failed,
                DeliveryStatus.Cancelled,
            ],
            [DeliveryStatus.Offered] =
            [
                DeliveryStatus.Requested,
                DeliveryStatus.Assigned,
                DeliveryStatus.Failed,
                DeliveryStatus.Cancelled,
            ],
            [DeliveryStatus.Assigned] =
            [
                DeliveryStatus.Requested,
                DeliveryStatus.PickedUp,
                DeliveryStatus.Failed,
                DeliveryStatus.Cancelled,
            ],
            [DeliveryStatus.PickedUp] = [DeliveryStatus.Delivered, DeliveryStatus.Returned],
            [DeliveryStatus.Delivered] = [],
            [DeliveryStatus.Returned] = [],
            [DeliveryStatus.Failed] = [],
            [DeliveryStatus.Cancelled] = [],
        };

        private readonly Dictionary<Guid, DeliveryStatus> _before = [];
        private readonly Dictionary<Guid, List<string>> _broken = [];
        private DateTimeOffset _now = Noon;

        /// <summary>The model: which rider has which delivery.</summary>
        private readonly Dictionary<Guid, Guid> _holders = [];

        public Town()
        {
            foreach (var delivery in Deliveries)
                (_before[delivery.DeliveryId], _broken[delivery.DeliveryId]) = (delivery.Status, []);
        }

        public Rider[] Riders { get; } = [.. Enumerable.Range(0, Size).Select(_ => OnlineRider())];
        public Delivery[] Deliveries { get; } = [.. Enumerable.Range(0, Size).Select(_ => Requested())];

        public void Do(Act act, int riderIndex, int deliveryIndex, int seconds)
        {
            _now = _now.AddSeconds(seconds);
            var delivery = Deliveries[deliveryIndex];
            var holder = Array.Find(Riders, one => one.RiderId == delivery.HolderId);
            var rider = riderIndex < Size ? Riders[riderIndex] : holder ?? Riders[riderIndex % Size];
            switch (act)
            {
                case Act.Online:
                    rider.GoOnline();
                    break;
                case Act.Offline:
                    rider.GoOffline();
                    break;
                case Act.Offer:
                    delivery.OfferTo(rider, NewId(), 500, Rules, _now);
                    break;
                case Act.Accept when delivery.LiveOffer is { } offer:
                    if (delivery.Accept(offer.OfferId, rider, Rules, _now).IsDone)
                        _holders.Add(delivery.DeliveryId, rider.RiderId);
                    break;
                case Act.AcceptOld when delivery.Offers.Count > 0 && delivery.LiveOffer is null:
                    delivery.Accept(delivery.Offers[^1].OfferId, rider, Rules, _now).IsDone.ShouldBeFalse();
                    break;
                case Act.Decline when delivery.LiveOffer is { } offer:
                    delivery.Decline(offer.OfferId, rider, _now);
                    break;
                case Act.Lapse when delivery.LiveOffer is not null:
                    delivery.LetOfferLapse(holder!, _now);
                    break;
                case Act.NobodyFound when delivery.WantsRider(_now):
                    if (delivery.NoteNobodyFound(Rules, _now) is { } broken)
                        _broken[delivery.DeliveryId].Add(broken.Deadline);
                    break;
                case Act.GiveUp:
                    if (delivery.GiveUp(rider, Rules, _now).IsDone)
                        Free(delivery, rider);
                    break;
                case Act.NoProgress when delivery.Status is DeliveryStatus.Assigned:
                    if (delivery.ReassignForLackOfProgress(holder!, seconds % 2 == 0, Rules, _now))
                        Free(delivery, holder!);
                    break;
                case Act.PickUp:
                    if (delivery.PickUp(rider, _now).IsDone)
                        _holders[delivery.DeliveryId].ShouldBe(rider.RiderId);
                    break;
                case Act.Complete:
                    if (delivery.Complete(rider, _now).IsDone)
                        Free(delivery, rider);
                    break;
                case Act.Fail or Act.FailByOperator:
                    var byOperator = act is Act.FailByOperator;
                    if (delivery.Fail(Failure.For("accident")!, holder, byOperator, _now).IsDone)
                        _holders.Remove(delivery.DeliveryId);
                    break;
                case Act.Cancel:
                    if (delivery.Cancel(holder, _now).IsDone)
                        _holders.Remove(delivery.DeliveryId);
                    break;
                case Act.Ready:
                    delivery.NoteFoodIsReady(_now, Rules);
                    break;
                case Act.BreakPromises:
                    _broken[delivery.DeliveryId]
                        .AddRange(delivery.BreakPromises(_now).Select(one => one.Deadline));
                    break;
            }
        }

        public void FinishEverything()
        {
            foreach (var delivery in Deliveries.Where(delivery => !delivery.IsFinished))
            {
                var holder = Array.Find(Riders, one => one.RiderId == delivery.HolderId);
                delivery.Fail(Failure.For("accident")!, holder, true, _now).ShouldBeDone();
                _holders.Remove(delivery.DeliveryId);
            }
        }

        public void Check()
        {
            foreach (var delivery in Deliveries)
                Check(delivery);
            foreach (var rider in Riders)
                Check(rider);
        }

        private void Free(Delivery delivery, Rider rider)
        {
            _holders[delivery.DeliveryId].ShouldBe(rider.RiderId);
            _holders.Remove(delivery.DeliveryId);
        }

        private void Check(Delivery delivery)
        {
            var before = _before[delivery.DeliveryId];
            Holds(
                delivery.Status == before || Steps[before].Contains(delivery.Status),
                $"{before} → {delivery.Status}"
            );
            _before[delivery.DeliveryId] = delivery.Status;

            var live = delivery.Offers.Count(offer => offer.State is OfferState.Live);
            Holds(live == (delivery.Status is DeliveryStatus.Offered ? 1 : 0), $"{live} live offers");
            var asked = delivery.Offers.Select(offer => (offer.Round, offer.RiderId)).ToList();
            Holds(asked.Distinct().Count() == asked.Count, "asked twice in a round");
            Guid? holder = _holders.TryGetValue(delivery.DeliveryId, out var riderId) ? riderId : null;
            Holds(
                (delivery.IsInHand ? delivery.RiderId : null) == holder,
                "has another rider than the model"
            );
            Holds(!delivery.IsFinished || delivery.DueAt is null, "is over but something is due");
            Holds(delivery.IsInHand || delivery.IsFinished || delivery.DueAt is not null, "is stuck");
            var broken = _broken[delivery.DeliveryId];
            Holds(broken.Distinct().Count() == broken.Count, "broke a promise twice");
        }

        private void Check(Rider rider)
        {
            var inHand = _holders.Values.Count(holder => holder == rider.RiderId);
            Holds(
                rider.Load == inHand && inHand <= Rules.MaximumLoad,
                $"load {rider.Load}, in hand {inHand}"
            );
            var offers = Deliveries
                .Select(delivery => delivery.LiveOffer)
                .OfType<Offer>()
                .Where(offer => offer.RiderId == rider.RiderId)
                .ToList();
            Holds(offers.Count <= 1, "two live offers");
            Holds(rider.LiveOfferId == offers.FirstOrDefault()?.OfferId, "rider and delivery disagree");
            var state =
                !rider.OnShift ? RiderState.Offline
                : offers.Count > 0 ? RiderState.Offered
                : inHand > 0 ? RiderState.Busy
                : RiderState.Available;
            Holds(rider.State == state, $"is {rider.State}, should be {state}");
            Holds(rider.OnShift || inHand + offers.Count == 0, "is offline with work");
        }

        /// <summary>Plain, since it runs a million times.</summary>
        private static void Holds(bool holds, string otherwise)
        {
            if (!holds)
                throw new InvalidOperationException(otherwise);
        }
    }
}
