using System.Tests.Running;

namespace System.Tests.Hostile;

/// <summary>People and things that there are, so that what is wrong with a request is not always that nobody knows them.</summary>
internal sealed class Cast
{
    private readonly Dictionary<string, (string Name, string Value)[]> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _things = new(StringComparer.Ordinal);

    private Cast() { }

    /// <summary>Where the store is, as a body says it.</summary>
    public string Place { get; private init; } = "";

    public static async Task<Cast> AssembleAsync(HostProcess host)
    {
        var story = await Story.BeginAsync(host);
        var delivered = await story.DeliverOneAsync();
        var review = await story.ReviewAsync(delivered, 4);
        var placed = await story.PlaceAsync();
        var carried = await story.PlaceAsync();
        await story.AcceptAsync(carried);
        var delivery = await story.TakeOfferAsync(carried);
        var basket = story.Basket;
        var cast = new Cast
        {
            Place =
                $"\"latitude\":{basket["address"]!["latitude"]},\"longitude\":{basket["address"]!["longitude"]}",
        };
        string[] tokens = [story.Customer, story.Keeper, story.Rider, host.Tokens.Operator()];
        foreach (var (role, token) in Callers.AllRoles.Zip(tokens))
            cast._people[role] =
            [
                ("Authorization", $"Bearer {token}"),
                ("Cookie", await Visitor.CookieOfAsync(host, role)),
            ];
        string[] orders = [$"{placed}", $"{carried}", $"{delivered}"];
        string[] stores = [$"{story.StoreId}", "0199c000-0000-7000-8000-000000000101"];
        cast._things["id"] = [.. orders, .. stores, $"{delivery}", $"{review}"];
        cast._things["orderId"] = orders;
        cast._things["storeId"] = stores;
        cast._things["menuItemId"] = [$"{basket["items"]![0]!["menuItemId"]}"];
        cast._things["item"] = cast._things["menuItemId"];
        // Pausing a module would make the rest of the hour an easy one.
        cast._things["name"] = ["Nowhere"];
        cast._things["stream"] = ["orders", "nowhere"];
        cast._things["act"] =
        [
            "accept",
            "reject",
            "ready",
            "cancel",
            "pick-up",
            "deliver",
            "give-up",
            "fail",
            "replay",
        ];
        cast._things["answer"] = ["accept", "decline"];
        return cast;
    }

    /// <summary>The header by which somebody of a role is known: a token's, or a session's.</summary>
    public (string Name, string Value) As(string role, Random random) =>
        _people[role][random.Next(_people[role].Length)];

    public string Id(string name, Random random)
    {
        var known = _things.GetValueOrDefault(name) ?? _things["id"];
        return known[random.Next(known.Length)];
    }
}
