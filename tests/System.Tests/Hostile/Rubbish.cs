using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace System.Tests.Hostile;

/// <summary>What nobody expects, in every place where something can be said.</summary>
internal static class Rubbish
{
    /// <summary>Values of JSON as they are written, good and bad.</summary>
    private static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "1",
        "-1",
        "2",
        "0.1",
        "1e2",
        "1E-400",
        "1e308",
        "1e999",
        "-1e308",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775808",
        "79228162514264337593543950336",
        "0.00000000000000000000000000001",
        "90",
        "90.0000001",
        "-180",
        "180.5",
        "1000000000.01",
        "\"\"",
        "\" \"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"1\"",
        "\"null\"",
        "[]",
        "{}",
        "[null]",
        "[[]]",
        "[{}]",
        "{\"a\":{\"b\":[]}}",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "\"\\udfff\\ud800\"",
        "\"\\u200b\\u200b\"",
        "\"\\u202e\\u0041\"",
        "\"\\r\\n\"",
        "\"e\\u0301\"",
        "\"\\ud83d\\udc68\\u200d\\ud83d\\udc69\"",
        "\"' OR 1=1 --\"",
        "\"<script>alert(1)</script>\"",
        "\"../../etc/passwd\"",
        "\"%00\"",
        "\"{0}{1}{2}\"",
        "\"${jndi:x}\"",
        "\"2026-02-30\"",
        "\"25:00:00\"",
        "\"9999-12-31T23:59:59.9999999Z\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"posixrules\"",
        "\"Asia/Seoul\"",
        "\"KRW\"",
        "\"XXX\"",
        "\"Monday\"",
        "\"monday\"",
        "7",
        "\"tok_timeout\"",
        "\"tok_decline\"",
        "\"tok_decline_capture\"",
        "\"00000000-0000-0000-0000-000000000000\"",
        "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
        "\"{0199c000-0000-7000-8000-000000000101}\"",
    ];

    private static readonly string[] Texts =
    [
        "",
        " ",
        "rubbish",
        "0",
        "-1",
        "1",
        "2",
        "101",
        "99999999999",
        "1.5",
        "1e999",
        "NaN",
        "true",
        "' OR 1=1 --",
        "%",
        "%2",
        "%zz",
        "%00",
        "%0d%0aX-Evil:1",
        "%E0%A4%A",
        "%F0%9F%8D%9C",
        "%ED%A0%80",
        "..",
        "..%2f..%2f",
        "%5c",
        "a/b",
        "김치",
        "ß",
        "\u202e",
        "{id}",
        "null",
        "undefined",
        "[object Object]",
        "2026-13-01",
        "9999-12-31",
        "MA",
        "YQ",
        "MC4w",
        "LTEuMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA",
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "newest",
        "highest",
        "Placed",
        "placed",
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/json; charset=\"utf-8\"",
        "application/json; charset=utf-16",
        "application/json; charset=klingon",
        "application/problem+json",
        "text/json",
        "text/plain",
        "application/xml",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=\"\"",
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/octet-stream",
        "image/png",
        "*/*",
        "rubbish",
        "a/b; c=\"",
        ";",
        "application/json, text/plain",
    ];

    public static string Value(Random random)
    {
        var chosen = random.Next(Values.Length + 6);
        return chosen < Values.Length
            ? Values[chosen]
            : (chosen - Values.Length) switch
            {
                0 => $"\"{LongText(random)}\"",
                1 =>
                    $"[{string.Join(',', Enumerable.Repeat(Values[random.Next(Values.Length)], random.Next(2_000)))}]",
                2 => string.Concat(Enumerable.Repeat("[", random.Next(100))),
                3 => string.Concat(Enumerable.Repeat("{\"a\":", random.Next(80))) + "1",
                4 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
                _ => (random.NextDouble() * Math.Pow(10, random.Next(-8, 12))).ToString(
                    "R",
                    CultureInfo.InvariantCulture
                ),
            };
    }

    /// <summary>An id that nobody has.</summary>
    public static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public static string Text(Random random) =>
        random.Next(20) == 0 ? LongText(random) : Texts[random.Next(Texts.Length)];

    public static string ContentType(Random random) => ContentTypes[random.Next(ContentTypes.Length)];

    /// <summary>Around the lengths that texts may have, and far beyond.</summary>
    public static string LongText(Random random)
    {
        int[] lengths =
        [
            49,
            50,
            51,
            99,
            100,
            101,
            200,
            201,
            256,
            257,
            300,
            301,
            500,
            501,
            1_000,
            1_001,
            4_000,
            60_000,
        ];
        var length = lengths[random.Next(lengths.Length)];
        return random.Next(3) switch
        {
            0 => new string('x', length),
            1 => new string('김', Math.Min(length, 1_001)),
            _ => string.Concat(Enumerable.Repeat("\\r\\n", Math.Min(length, 501))),
        };
    }

    /// <summary>A body of the documented shape in which one thing or several are not as they should be.</summary>
    public static string Spoil(string body, Random random)
    {
        var node = JsonNode.Parse(body)!;
        var places = Places(node).ToList();
        var written = body;
        for (var times = random.Next(1, 3); times > 0; times--)
        {
            var place = places[random.Next(places.Count)];
            place.ReplaceWith($"@{times}@");
            written = node.ToJsonString().Replace($"\"@{times}@\"", Value(random), StringComparison.Ordinal);
            if (random.Next(2) == 0 || Parse(written) is not { } parsed)
                break;
            (node, places) = (parsed, [.. Places(parsed)]);
            if (places.Count == 0)
                break;
        }
        return random.Next(25) switch
        {
            0 => written[..random.Next(written.Length)],
            1 => written + written,
            2 => written.Replace("{", "{\"a\":1,\"a\":2,", StringComparison.Ordinal),
            3 => "\ufeff" + written,
            _ => written,
        };
    }

    public static byte[] Bytes(string text, Random random) =>
        random.Next(40) switch
        {
            0 => Encoding.Unicode.GetBytes(text),
            1 => Encoding.UTF32.GetBytes(text),
            2 => [.. Encoding.UTF8.GetBytes(text), 0xff, 0xfe, 0xc3],
            3 => Encoding.Latin1.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };

    private static JsonNode? Parse(string text)
    {
        try
        {
            // What is read lazily shows only when it is written that it cannot be read.
            return
                JsonNode.Parse(text) is JsonObject members
                && Places(members).Any()
                && members.ToJsonString().Length > 0
                ? members
                : null;
        }
        catch (Exception unreadable)
            when (unreadable
                    is System.Text.Json.JsonException
                        or ArgumentException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode> Places(JsonNode node) =>
        node switch
        {
            JsonObject members => members
                .Select(member => member.Value)
                .OfType<JsonNode>()
                .SelectMany(value => Places(value).Prepend(value)),
            JsonArray items => items.OfType<JsonNode>().SelectMany(value => Places(value).Prepend(value)),
            _ => [],
        };
}
