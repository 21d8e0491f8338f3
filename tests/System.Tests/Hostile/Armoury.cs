using System.Tests.Running;

namespace System.Tests.Hostile;

/// <summary>Makes requests from what the host describes and from the list of doors; the same ones from the same seed.</summary>
internal sealed class Armoury(IReadOnlyList<Operation> operations, Cast cast, int seed)
{
    private const string Nobody = "0199c000-0000-7000-8000-00000000dead";

    private static readonly string[] Methods = Words(
        """
        GET POST PUT DELETE PATCH HEAD OPTIONS TRACE BREW
        """
    );

    private static readonly string[] Elsewhere = Words(
        """
        /connect/token /connect/authorize?client_id=x&response_type=code /connect/nowhere
        /.well-known/openid-configuration /.well-known/jwks /health/ready /health/live /metrics
        /openapi/v1.json /openapi/v2.json /docs /docs/x /assets/x/app.js /assets/x/../../appsettings.json
        /favicon.ico /api /api/ /api/nowhere /API/STORES /api/stores/ /%2e%2e/ /store/../api/ops/modules
        /sign-in/callback /_blazor /appsettings.json /wwwroot /.git/config
        """
    );

    private static readonly string[] Fields = Words(
        """
        key total currency payment note line quantity item group0 group0-option group0-price group0-minimum
        group0-maximum section name description price more fill Monday-from Monday-to back place latitude
        longitude theme language paused online minutes reason order food delivery text available email
        password grant_type client_id username scope refresh_token code code_verifier redirect_uri
        """
    );

    private readonly IReadOnlyList<Door> _pages =
    [
        .. Doors.All.Where(door => !door.IsCall && IsHarmless(door)),
    ];

    public Shot Make(int number)
    {
        var random = new Random(HashCode.Combine(seed, number));
        return random.Next(10) switch
        {
            < 6 => Call(number, operations[random.Next(operations.Count)], random),
            < 9 => Page(number, _pages[random.Next(_pages.Count)], random),
            _ => Other(number, random),
        };
    }

    /// <summary>A session that ended, or modules that stand still, would make the rest of the hour an easy one.</summary>
    private static bool IsHarmless(Door door) =>
        door.Path is not "/sign-out" and not "/ops/modules/{name}/{act}";

    private Shot Call(int number, Operation operation, Random random)
    {
        var path = string.Join(
            '/',
            operation
                .Path.Split('/')
                .Select(part => part.StartsWith('{') ? Id(part.Trim('{', '}'), random) : part)
        );
        byte[]? body = null;
        var type = "application/json";
        if (operation.HasBody && random.Next(30) != 0)
        {
            var good = Real(Bodies.Of(operation), random);
            var text = random.Next(12) switch
            {
                0 => good,
                1 => Bodies.NotOfAnyShape[random.Next(Bodies.NotOfAnyShape.Count)],
                _ => Rubbish.Spoil(good, random),
            };
            body = Rubbish.Bytes(text, random);
            if (random.Next(12) == 0)
                type = Rubbish.ContentType(random);
        }
        return Finish(
            number,
            random.Next(15) == 0 ? Methods[random.Next(Methods.Length)] : operation.Method.Method,
            path + Query(operation.Query.Select(parameter => parameter.Name).ToList(), random),
            body,
            type,
            operation.NeedsToken ? Callers.Of(operation) : Callers.AllRoles,
            random
        );
    }

    private Shot Page(int number, Door door, Random random)
    {
        var path = door.PathWith(name => Id(name, random));
        byte[]? body = null;
        var type = "application/x-www-form-urlencoded";
        if (door.Method == "POST")
        {
            var fields = Enumerable
                .Range(0, random.Next(8))
                .Select(_ => (Fields[random.Next(Fields.Length)], FieldValue(random)))
                .ToList();
            if (random.Next(4) == 0)
            {
                type = "multipart/form-data; boundary=cut";
                var parts =
                    string.Concat(
                        fields.Select(field =>
                            $"--cut\r\nContent-Disposition: form-data; name=\"{field.Item1}\"\r\n\r\n{field.Item2}\r\n"
                        )
                    ) + "--cut--\r\n";
                body = Rubbish.Bytes(
                    random.Next(3) == 0 ? parts[..random.Next(parts.Length)] : parts,
                    random
                );
            }
            else
            {
                body = Rubbish.Bytes(
                    string.Join(
                        '&',
                        fields.Select(field =>
                            $"{field.Item1}={(random.Next(3) == 0 ? field.Item2 : Uri.EscapeDataString(field.Item2))}"
                        )
                    ),
                    random
                );
            }
            if (random.Next(15) == 0)
                type = Rubbish.ContentType(random);
        }
        return Finish(
            number,
            random.Next(15) == 0 ? Methods[random.Next(Methods.Length)] : door.Method,
            path + Query(["cursor", "sort", "date", "back", "saved", "where"], random),
            body,
            type,
            door.IsOpen ? Callers.AllRoles : door.Roles,
            random
        );
    }

    private Shot Other(int number, Random random)
    {
        var post = random.Next(3) == 0;
        return Finish(
            number,
            post ? "POST" : Methods[random.Next(Methods.Length)],
            random.Next(8) == 0
                ? "/" + Escaped(Rubbish.Text(random))
                : Elsewhere[random.Next(Elsewhere.Length)],
            post
                ? Rubbish.Bytes(
                    $"grant_type={Rubbish.Text(random)}&client_id={Rubbish.Text(random)}&username={Rubbish.Text(random)}",
                    random
                )
                : null,
            random.Next(3) == 0 ? Rubbish.ContentType(random) : "application/x-www-form-urlencoded",
            Callers.AllRoles,
            random
        );
    }

    private Shot Finish(
        int number,
        string method,
        string path,
        byte[]? body,
        string type,
        IReadOnlyList<string> roles,
        Random random
    )
    {
        var headers = new List<(string, string)>();
        var who = random.Next(12);
        if (who < 8)
            headers.Add(cast.As(roles[random.Next(roles.Count)], random));
        else if (who == 8)
            headers.Add(cast.As(Callers.AllRoles[random.Next(Callers.AllRoles.Count)], random));
        else if (who == 9)
            headers.Add(("Authorization", "Bearer " + Header(random)));
        headers.Add(("Sec-Fetch-Site", random.Next(20) == 0 ? "cross-site" : "same-origin"));
        headers.Add(
            ("Idempotency-Key", random.Next(6) == 0 ? Header(random) : Rubbish.Id(random).ToString())
        );
        if (random.Next(5) == 0)
            headers.Add(("Accept", random.Next(2) == 0 ? "text/html" : Rubbish.ContentType(random)));
        if (random.Next(20) == 0)
            headers.Add(("X-Fragment", "1"));
        if (random.Next(20) == 0)
            headers.Add(("Last-Event-ID", Header(random)));
        if (random.Next(20) == 0)
            headers.Add(("Accept-Language", random.Next(2) == 0 ? "ko" : Header(random)));
        if (random.Next(20) == 0)
            headers.Add(
                (
                    "Cookie",
                    $"basket={Header(random)}; address={Header(random)}; zone={Header(random)}; notice={Header(random)}; language={Header(random)}"
                )
            );
        return new Shot(
            number,
            method,
            path,
            headers,
            body is null ? null : type,
            body,
            body is { Length: > 4 } && random.Next(60) == 0
        );
    }

    private string Id(string name, Random random) =>
        random.Next(10) switch
        {
            0 => Escaped(Rubbish.Text(random)),
            1 => Rubbish.Id(random).ToString(),
            _ => cast.Id(name, random),
        };

    private static string Query(IReadOnlyList<string> names, Random random)
    {
        if (names.Count == 0 && random.Next(4) != 0)
            return "";
        var chosen = Enumerable
            .Range(0, random.Next(4))
            .Select(_ => names.Count > 0 && random.Next(6) != 0 ? names[random.Next(names.Count)] : "x")
            .Select(name =>
                $"{name}={(random.Next(2) == 0 ? Escaped(Rubbish.Text(random)) : Rubbish.Id(random))}"
            )
            .ToList();
        return chosen.Count == 0 ? "" : "?" + string.Join('&', chosen);
    }

    /// <summary>The documented body with ids of things that there are.</summary>
    private string Real(string body, Random random) =>
        random.Next(3) == 0
            ? body
            : body.Replace("\"0199c000-0000-7000-8000-000000000101\"", "null", StringComparison.Ordinal)
                .Replace(
                    $"\"menuItemId\":\"{Nobody}\"",
                    $"\"menuItemId\":\"{cast.Id("menuItemId", random)}\"",
                    StringComparison.Ordinal
                )
                .Replace(
                    $"\"storeId\":\"{Nobody}\"",
                    $"\"storeId\":\"{cast.Id("storeId", random)}\"",
                    StringComparison.Ordinal
                )
                .Replace(
                    $"\"orderId\":\"{Nobody}\"",
                    $"\"orderId\":\"{cast.Id("orderId", random)}\"",
                    StringComparison.Ordinal
                )
                .Replace($"[\"{Nobody}\"]", "[]", StringComparison.Ordinal)
                .Replace("\"latitude\":37.5,\"longitude\":127.1", cast.Place, StringComparison.Ordinal);

    private string FieldValue(Random random) =>
        random.Next(4) switch
        {
            0 => cast.Id("menuItemId", random),
            1 => Rubbish.LongText(random).Replace("\\r\\n", "\r\n", StringComparison.Ordinal),
            2 => Rubbish.Value(random).Trim('"'),
            _ => Rubbish.Text(random),
        };

    /// <summary>What a client can put on the wire in a header.</summary>
    private static string Header(Random random)
    {
        var text = random.Next(4) == 0 ? Rubbish.LongText(random) : Rubbish.Text(random);
        var sendable = new string([.. text.Where(sign => sign is >= ' ' and < '\x7f')]);
        return sendable.Length > 2_000 ? sendable[..2_000] : sendable;
    }

    private static string Escaped(string text) =>
        text.Contains('%', StringComparison.Ordinal)
            ? new string([.. text.Where(char.IsAscii)])
            : Uri.EscapeDataString(text.Length > 3_000 ? text[..3_000] : text);

    private static string[] Words(string text) =>
        text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
