using MudBlazor;

namespace Orders.Pages;

/// <summary>Stores have no pictures of their own yet: a colour, always the same, and a dish that suits the name.</summary>
internal static class StoreLook
{
    private const int Colours = 6;

    private static readonly (string Word, string Icon)[] Dishes =
    [
        ("chicken", Icons.Material.Filled.KebabDining),
        ("pizza", Icons.Material.Filled.LocalPizza),
        ("burger", Icons.Material.Filled.LunchDining),
        ("noodle", Icons.Material.Filled.RamenDining),
        ("ramen", Icons.Material.Filled.RamenDining),
        ("myeon", Icons.Material.Filled.RamenDining),
        ("sushi", Icons.Material.Filled.SetMeal),
        ("fish", Icons.Material.Filled.SetMeal),
        ("coffee", Icons.Material.Filled.Coffee),
        ("cafe", Icons.Material.Filled.Coffee),
        ("bak", Icons.Material.Filled.BakeryDining),
        ("toast", Icons.Material.Filled.BreakfastDining),
        ("salad", Icons.Material.Filled.Grass),
        ("dessert", Icons.Material.Filled.Icecream),
        ("bingsu", Icons.Material.Filled.Icecream),
        ("soup", Icons.Material.Filled.SoupKitchen),
        ("stew", Icons.Material.Filled.SoupKitchen),
        ("dumpling", Icons.Material.Filled.TakeoutDining),
        ("rice", Icons.Material.Filled.RiceBowl),
        ("bibim", Icons.Material.Filled.RiceBowl),
        ("curry", Icons.Material.Filled.DinnerDining),
        ("pork", Icons.Material.Filled.OutdoorGrill),
        ("grill", Icons.Material.Filled.OutdoorGrill),
    ];

    public static int ColourOf(Guid storeId) => storeId.ToByteArray()[^1] % Colours;

    public static string IconOf(string about) =>
        Array.Find(Dishes, dish => about.Contains(dish.Word, StringComparison.OrdinalIgnoreCase)).Icon
        ?? Icons.Material.Filled.Restaurant;
}
