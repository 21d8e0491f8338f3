using System.Text.Json.Nodes;

namespace System.Tests.Running;

/// <summary>A body of the documented shape for each call that takes one, and what can be wrong with it.</summary>
internal static class Bodies
{
    private const string Nobody = "0199c000-0000-7000-8000-00000000dead";

    private const string Basket =
        $$$"""{"storeId":"{{{Nobody}}}","items":[{"menuItemId":"{{{Nobody}}}","quantity":2,"optionIds":["{{{Nobody}}}"]}],"address":{"line":"1 Test-ro","latitude":37.5,"longitude":127.1},"paymentToken":"tok_approve","note":"none"}""";

    private const string Store =
        """{"storeId":"0199c000-0000-7000-8000-000000000101","name":"A","description":"B","address":"C","latitude":37.5,"longitude":127.1,"currency":"KRW","minimum":0,"timeZone":"Asia/Seoul","hours":[{"day":"Monday","from":"10:00:00","to":"20:00:00"}],"delivery":{"radiusMetres":2000,"baseFee":1000,"bands":[{"fromMetres":1000,"surcharge":500}],"freeFrom":50000},"menu":[{"section":"S","name":"N","description":"D","price":9000,"optionGroups":[{"name":"G","minimum":0,"maximum":1,"options":[{"name":"O","price":100}]}]}]}""";

    private const string Item =
        """{"section":"S","name":"N","description":"D","price":9000,"optionGroups":[{"name":"G","minimum":0,"maximum":1,"options":[{"name":"O","price":100}]}]}""";

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["POST /api/stores"] = Store,
        ["PUT /api/stores/{id}/hours"] =
            """{"timeZone":"Asia/Seoul","week":[{"day":"Monday","from":"10:00:00","to":"20:00:00"}]}""",
        ["POST /api/stores/{id}/menu-items"] = Item,
        ["PUT /api/stores/{id}/menu-items/{menuItemId}"] = Item,
        ["PUT /api/stores/{id}/menu-items/{menuItemId}/availability"] = """{"available":true}""",
        ["POST /api/orders/quotes"] = Basket,
        ["POST /api/orders"] = Basket,
        ["POST /api/orders/{id}/accept"] = """{"preparationMinutes":10}""",
        ["POST /api/orders/{id}/reject"] = """{"reason":"too_busy"}""",
        ["POST /api/orders/{id}/cancel"] = """{"reason":"changed_mind"}""",
        ["PUT /api/riders/me/shift"] = """{"online":false}""",
        ["PUT /api/riders/me/location"] = """{"latitude":37.5,"longitude":127.1}""",
        ["POST /api/deliveries/{id}/fail"] = """{"reason":"customer_absent"}""",
        ["POST /api/reviews"] =
            $$"""{"orderId":"{{Nobody}}","foodRating":5,"deliveryRating":5,"text":"Good"}""",
        ["PUT /api/reviews/{id}"] = """{"foodRating":5,"deliveryRating":5,"text":"Good"}""",
        ["POST /api/reviews/{id}/reply"] = """{"text":"Thanks"}""",
        ["PUT /api/reviews/{id}/reply"] = """{"text":"Thanks"}""",
        ["POST /api/reviews/{id}/dispute"] = """{"reason":"untrue"}""",
        ["POST /api/reviews/{id}/report"] = """{"reason":"spam"}""",
    };

    /// <summary>Never a value that any member takes, so that each must be refused for what it is.</summary>
    private static readonly string[] NeverTaken =
    [
        "99999999999999999999",
        "1e999",
        "-1e308",
        "{\"a\":1}",
        "[[]]",
        "\"\\ud800\"",
        "\"\\u0000\"",
    ];

    private static readonly string[] WrongForNumbers =
    [
        "\"1\"",
        "true",
        "null",
        "-2147483648",
        "1e300",
        "\"NaN\"",
    ];

    private static readonly string[] WrongForOthers = ["-1", "1.5", "\"\"", "null", "[]", "{}"];

    public static readonly IReadOnlyList<string> NotOfAnyShape =
    [
        "",
        "{",
        "null",
        "[]",
        "1",
        "true",
        "\"text\"",
        "rubbish",
        "{\"a\":1,}",
        "{'a':1}",
        "\u0000",
        string.Concat(Enumerable.Repeat("{\"a\":", 200)),
    ];

    public static string Of(Operation operation) => Known[operation.Name];

    /// <summary>The body with, one after the other, each value in it replaced by each that does not belong there.</summary>
    public static IEnumerable<string> Spoilt(Operation operation)
    {
        foreach (var path in PathsIn(JsonNode.Parse(Of(operation))!, []))
        {
            var isNumber =
                Find(JsonNode.Parse(Of(operation))!, path).GetValueKind() is Text.Json.JsonValueKind.Number;
            foreach (var rubbish in NeverTaken.Concat(isNumber ? WrongForNumbers : WrongForOthers))
            {
                // A store may be registered without an id; it then gets a new one.
                if (operation.Name == "POST /api/stores" && path is ["storeId"] && rubbish == "null")
                    continue;
                var body = JsonNode.Parse(Of(operation))!;
                Find(body, path).ReplaceWith("@rubbish@");
                yield return body.ToJsonString().Replace("\"@rubbish@\"", rubbish, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<object[]> PathsIn(JsonNode node, object[] path)
    {
        if (path.Length > 0)
            yield return path;
        var inner = node switch
        {
            JsonObject members => members.SelectMany(one => PathsIn(one.Value!, [.. path, one.Key])),
            JsonArray items => items.SelectMany((one, index) => PathsIn(one!, [.. path, index])),
            _ => [],
        };
        foreach (var one in inner)
            yield return one;
    }

    private static JsonNode Find(JsonNode node, object[] path) =>
        path.Aggregate(node, (at, step) => step is int index ? at[index]! : at[(string)step]!);
}
