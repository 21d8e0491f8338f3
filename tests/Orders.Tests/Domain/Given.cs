using Orders.Domain;
using Platform.Domain;

namespace Orders.Tests.Domain;

/// <summary>A store, its menu and an order in won, as the tests of the domain start from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 3, 0, 0, TimeSpan.Zero);
    public static readonly GeoPoint StorePlace = new(37.5145, 127.1059);
    public static readonly GeoPoint NextDoor = new(37.5150, 127.1060);
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(10);
    public static readonly BasketLimits Limits = new(5, 20);

    public static readonly Guid Customer = Id(1);
    public static readonly Guid Keeper = Id(2);
    public static readonly Guid Rider = Id(3);
    public static readonly Guid Operator = Id(4);

    public static readonly Guid Bibimbap = Id(10);
    public static readonly Guid Soup = Id(11);
    public static readonly Guid SoldOutCake = Id(12);
    public static readonly Guid MildOption = Id(20);
    public static readonly Guid HotOption = Id(21);
    public static readonly Guid EggOption = Id(22);
    public static readonly Guid BeefOption = Id(23);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static Money Won(decimal amount) => new(amount, "KRW");

    public static Store Store(OpeningHours? hours = null, Money? freeFrom = null) =>
        Orders.Domain.Store.Register(
            Id(100),
            new StoreProfile("Bibim House", "Rice bowls", "12 Olympic-ro, Songpa-gu", StorePlace),
            hours ?? OpeningHours.AroundTheClock("Asia/Seoul"),
            new DeliveryTerms(
                4_000,
                Won(2_000),
                [new FeeBand(1_000, Won(500)), new FeeBand(2_500, Won(1_500))],
                freeFrom ?? Won(50_000)
            ),
            Won(12_000),
            Noon
        );

    public static Menu Menu() =>
        Orders.Domain.Menu.Of(
            Id(100),
            [
                new MenuItem(
                    Bibimbap,
                    "Bowls",
                    "Bibimbap",
                    "",
                    Won(9_000),
                    Available: true,
                    [
                        new OptionGroup(
                            "Heat",
                            1,
                            1,
                            [
                                new MenuOption(MildOption, "Mild", Won(0)),
                                new MenuOption(HotOption, "Hot", Won(500)),
                            ]
                        ),
                        new OptionGroup(
                            "Extras",
                            0,
                            1,
                            [
                                new MenuOption(EggOption, "Egg", Won(1_000)),
                                new MenuOption(BeefOption, "Beef", Won(3_000)),
                            ]
                        ),
                    ]
                ),
                new MenuItem(Soup, "Soups", "Seaweed soup", "", Won(6_000), Available: true, []),
                new MenuItem(SoldOutCake, "Sweets", "Rice cake", "", Won(3_000), Available: false, []),
            ]
        );

    public static Selection Soups(int quantity) => new(Soup, quantity, []);

    public static Result<Quote> Quote(
        IReadOnlyList<Selection> basket,
        Store? store = null,
        Menu? menu = null,
        GeoPoint? to = null,
        DateTimeOffset? at = null
    ) =>
        Orders.Domain.Quote.For(store ?? Store(), menu ?? Menu(), basket, to ?? NextDoor, Limits, at ?? Noon);

    public static Order Order() =>
        Orders.Domain.Order.Place(
            Guid.CreateVersion7(Noon),
            Customer,
            Store(),
            Quote([Soups(3)]).Value,
            new DeliveryAddress("101-1203, 240 Olympic-ro", NextDoor),
            note: null,
            "reference",
            AnswerWithin,
            Noon
        );

    public static Order AcceptedOrder()
    {
        var order = Order();
        order.Accept(Keeper, TimeSpan.FromMinutes(15), Noon).IsDone.ShouldBeTrue();
        return order;
    }

    public static Order PickedUpOrder()
    {
        var order = AcceptedOrder();
        order.FollowPickUp(Rider, Noon.AddMinutes(20));
        return order;
    }
}
