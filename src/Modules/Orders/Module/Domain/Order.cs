using Platform.Domain;

namespace Orders.Domain;

/// <summary>
/// A customer's order, from placing to its end. Every change goes through a method of this class, which
/// refuses what the state does not allow and keeps each change in the timeline.
/// </summary>
internal sealed partial class Order : IAggregateRoot
{
    private readonly List<TimelineEntry> _news = [];

    private Order() { }

    public Guid Id { get; private init; }

    public Guid CustomerId { get; private init; }

    public Guid StoreId { get; private init; }

    /// <summary>The store as it was when the order was placed: accepting needs no second look at it.</summary>
    public string StoreName { get; private init; } = null!;

    public string StoreAddress { get; private init; } = null!;

    public GeoPoint StoreLocation { get; private init; } = null!;

    public IReadOnlyList<OrderLine> Lines { get; private init; } = [];

    public Money Subtotal { get; private init; } = null!;

    public Money DeliveryFee { get; private init; } = null!;

    public Money Total { get; private init; } = null!;

    public string AddressLine { get; private init; } = null!;

    public GeoPoint AddressPoint { get; private init; } = null!;

    public string? Note { get; private init; }

    public OrderStatus Status { get; private set; }

    public string PaymentReference { get; private init; } = null!;

    public PaymentStatus Payment { get; private set; }

    /// <summary>What must go back to the customer, from the exit that said so.</summary>
    public Settlement? Settlement { get; private set; }

    public DateTimeOffset PlacedAt { get; private init; }

    /// <summary>Until when the store may accept; null once it is answered.</summary>
    public DateTimeOffset? AnswerBy { get; private set; }

    /// <summary>When the store means to have it ready, or had it.</summary>
    public DateTimeOffset? ReadyAt { get; private set; }

    public Guid? RiderId { get; private set; }

    public IReadOnlyList<TimelineEntry> Timeline { get; private set; } = [];

    /// <summary>Whether nothing can happen to it any more.</summary>
    public bool IsClosed => Status >= OrderStatus.Delivered;

    public static Order Place(
        Guid id,
        Guid customerId,
        Store store,
        Quote quote,
        DeliveryAddress address,
        string? note,
        string paymentReference,
        TimeSpan answerWithin,
        DateTimeOffset now
    )
    {
        var order = new Order
        {
            Id = id,
            CustomerId = customerId,
            StoreId = store.Id,
            StoreName = store.Name,
            StoreAddress = store.Address,
            StoreLocation = store.Location,
            Lines = quote.Lines,
            Subtotal = quote.Subtotal,
            DeliveryFee = quote.DeliveryFee,
            Total = quote.Total,
            AddressLine = address.Line,
            AddressPoint = address.Point,
            Note = note,
            PaymentReference = paymentReference,
            Payment = PaymentStatus.Authorised,
            PlacedAt = now,
            AnswerBy = now + answerWithin,
        };
        order.Become(OrderStatus.Placed, new Actor(Party.Customer, customerId), now);
        return order;
    }

    /// <summary>What happened since this was last asked, for those who listen.</summary>
    public IReadOnlyList<TimelineEntry> TakeNews()
    {
        TimelineEntry[] news = [.. _news];
        _news.Clear();
        return news;
    }

    /// <summary>The gateway has given the money back.</summary>
    public void PaymentWasReleased() => Payment = PaymentStatus.Released;

    private void Become(
        OrderStatus status,
        Actor by,
        DateTimeOffset at,
        string? reason = null,
        Fault? fault = null
    )
    {
        var entry = new TimelineEntry(status, at, by.Party, by.Id, reason, fault);
        Status = status;
        AnswerBy = status == OrderStatus.Placed ? AnswerBy : null;
        Timeline = [.. Timeline, entry];
        _news.Add(entry);
    }
}
