namespace Platform.Modules;

/// <summary>
/// The ids that demo data of different modules and the demo accounts agree on. Seeded in Development only.
/// </summary>
public static class DemoIds
{
    /// <summary>The user id of customer@demo.local.</summary>
    public static readonly Guid Customer = new("0199c000-0000-7000-8000-000000000001");

    /// <summary>The user id of customer2@demo.local.</summary>
    public static readonly Guid SecondCustomer = new("0199c000-0000-7000-8000-000000000002");

    /// <summary>The user id of store@demo.local, bound to <see cref="FirstStore"/>.</summary>
    public static readonly Guid StoreKeeper = new("0199c000-0000-7000-8000-000000000003");

    /// <summary>The user id, and so the rider id, of rider@demo.local.</summary>
    public static readonly Guid Rider = new("0199c000-0000-7000-8000-000000000004");

    /// <summary>The user id of operator@demo.local.</summary>
    public static readonly Guid Operator = new("0199c000-0000-7000-8000-000000000005");

    /// <summary>The first demo store, open around the clock.</summary>
    public static readonly Guid FirstStore = new("0199c000-0000-7000-8000-000000000101");
}
