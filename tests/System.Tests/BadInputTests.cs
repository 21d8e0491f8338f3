using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// Bad input of every kind, on every call that the host describes, gets its documented 4xx and never a
/// 500, and nothing is half-written.
/// </summary>
public sealed class BadInputTests(Untouched untouched) : IClassFixture<Untouched>
{
    private const int TenMegabytes = 10 * 1024 * 1024;

    private static readonly Guid Nobody = new("0199c000-0000-7000-8000-00000000beef");

    [Fact]
    public async Task A_body_that_is_not_of_the_documented_shape_is_400()
    {
        foreach (var operation in untouched.Operations.Where(one => one.HasBody))
        {
            foreach (var body in Bodies.NotOfAnyShape)
                (await SendAsync(operation, body)).ShouldBe(400);
        }
        untouched.ShouldBeAsItWas();
    }

    [Fact]
    public async Task A_value_that_does_not_belong_where_it_stands_is_refused()
    {
        var sent = 0;
        foreach (var operation in untouched.Operations.Where(one => one.HasBody))
        {
            foreach (var body in Bodies.Spoilt(operation))
            {
                sent++;
                var answer = await SendAsync(operation, body);
                if (!answer.Succeeded)
                    ShouldBeDocumented(operation, answer, body);
            }
        }
        sent.ShouldBeGreaterThan(500);
        untouched.ShouldBeAsItWas();
    }

    [Theory]
    [InlineData("POST /api/orders", "\"quantity\":2", "\"quantity\":-1")]
    [InlineData("POST /api/orders", "\"quantity\":2", "\"quantity\":0")]
    [InlineData("POST /api/orders", "\"quantity\":2", "\"quantity\":2147483648")]
    [InlineData("POST /api/orders", "\"latitude\":37.5", "\"latitude\":91")]
    [InlineData("POST /api/orders", "\"longitude\":127.1", "\"longitude\":1e300")]
    [InlineData("POST /api/orders/quotes", "\"quantity\":2", "\"quantity\":-1")]
    [InlineData("POST /api/orders/{id}/accept", "10", "-10")]
    [InlineData("POST /api/orders/{id}/accept", "10", "100000")]
    [InlineData("PUT /api/riders/me/location", "37.5", "-90.1")]
    [InlineData("POST /api/stores", "\"price\":9000", "\"price\":-1")]
    public async Task A_number_out_of_range_is_400_and_its_member_is_named(
        string name,
        string from,
        string to
    )
    {
        var operation = untouched.Operations.Single(one => one.Name == name);

        var answer = await SendAsync(
            operation,
            Bodies.Of(operation).Replace(from, to, StringComparison.Ordinal)
        );

        answer.ShouldBe(400, "validation_failed").Json["errors"]!.AsObject().Count.ShouldBe(1);
        untouched.ShouldBeAsItWas();
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_415_and_one_of_ten_megabytes_is_413()
    {
        foreach (var operation in untouched.Operations.Where(one => one.HasBody))
        {
            foreach (
                var type in new[]
                {
                    "text/plain",
                    "application/xml",
                    "application/x-www-form-urlencoded",
                    null,
                }
            )
                (await SendAsync(operation, Bodies.Of(operation), type)).ShouldBe(
                    415,
                    "unsupported_media_type"
                );
            var large = new string(' ', TenMegabytes) + Bodies.Of(operation);
            (await SendAsync(operation, large)).ShouldBe(413, "payload_too_large");
        }
        untouched.ShouldBeAsItWas();
    }

    [Fact]
    public async Task Rubbish_in_a_path_is_404_and_so_is_an_id_that_nobody_has()
    {
        foreach (var operation in untouched.Operations.Where(one => one.HasIds))
        {
            string[] rubbish = ["rubbish", "1", "' OR 1=1 --", "\u0001", new('x', 500), "{id}"];
            foreach (var value in rubbish)
                (await SendAsync(operation, BodyOf(operation), id: value)).ShouldBe(404);
            var answer = await SendAsync(operation, BodyOf(operation));
            if (!answer.Succeeded && answer.Status != 403)
                answer.ShouldBe(404);
        }
        untouched.ShouldBeAsItWas();
    }

    [Fact]
    public async Task Rubbish_in_a_query_is_400()
    {
        foreach (var operation in untouched.Operations)
        {
            foreach (var (name, type, format) in operation.Query.Where(one => one.Name != "module"))
            {
                string[] rubbish = (type, format) switch
                {
                    // A parameter without a value is one that is not there, as forms send it.
                    ("integer", _) => ["rubbish", "-1", "0", "101", "99999999999", "1.5"],
                    (_, "double") => ["rubbish", "1e999", "NaN", "91e9"],
                    (_, "uuid") => ["rubbish", "1", "00000000"],
                    (_, "date") => ["rubbish", "2026-13-01", "99999-01-01"],
                    _ => ["rubbish%00", "%F0%9F%8D%9C", "%27%20OR%201=1"],
                };
                foreach (var value in rubbish)
                {
                    var others = name switch
                    {
                        "latitude" => "&longitude=127",
                        "longitude" => "&latitude=37",
                        "sort" or "cursor" or "limit" when operation.Path == "/api/reviews" =>
                            $"&storeId={Nobody}",
                        _ => "",
                    };
                    var answer = await untouched.Host.Api.SendAsync(
                        operation.Method,
                        $"{operation.PathWith(There)}?{name}={value}{others}",
                        operation.NeedsToken ? Token(Callers.Of(operation)[0]) : null,
                        key: "a key"
                    );
                    answer.ShouldBe(400);
                    answer.Code.ShouldNotBeNullOrEmpty();
                }
            }
        }
    }

    [Fact]
    public async Task Without_a_token_or_with_one_that_is_not_good_a_call_is_401()
    {
        foreach (var operation in untouched.Operations.Where(one => one.NeedsToken))
        {
            var (role, user) = (Callers.Of(operation)[0], Tokens.NewId());
            var good = Token(role);
            string?[] bad =
            [
                null,
                "rubbish",
                untouched.Host.Tokens.For(role, user, Nobody, expired: true),
                untouched.Host.Tokens.For(role, user, Nobody, forged: true),
                untouched.Host.Tokens.For(role, user, Nobody, audience: "another-api"),
                Tokens.Unsigned(good),
                good[..^4],
            ];
            foreach (var token in bad)
            {
                using var content = operation.HasBody ? Api.Text(Bodies.Of(operation)) : null;
                var answer = await untouched.Host.Api.SendAsync(
                    operation.Method,
                    operation.PathWith($"{Nobody}"),
                    token,
                    content
                );
                answer.ShouldBe(401, "unauthenticated");
            }
        }
        untouched.ShouldBeAsItWas();
    }

    [Fact]
    public async Task A_call_of_another_role_is_403()
    {
        foreach (var operation in untouched.Operations.Where(one => one.NeedsToken))
        {
            foreach (var role in Callers.AllRoles.Except(Callers.Of(operation), StringComparer.Ordinal))
                (await SendAsync(operation, BodyOf(operation), role: role)).ShouldBe(403, "forbidden");
        }
        untouched.ShouldBeAsItWas();
    }

    [Fact]
    public async Task Calls_without_an_idempotency_key_or_with_a_token_request_that_is_rubbish_are_400()
    {
        var place = untouched.Operations.Single(one => one.Name == "POST /api/orders");
        (await SendAsync(place, Bodies.Of(place), key: "")).ShouldBe(400, "idempotency_key_required");
        (await SendAsync(place, Bodies.Of(place), key: new string('k', 201))).ShouldBe(
            400,
            "idempotency_key_required"
        );

        foreach (
            var form in new[]
            {
                "",
                "a=b",
                "grant_type=password",
                "grant_type=magic&client_id=monolith-cli",
                "%",
            }
        )
        {
            using var content = Api.Text(form, "application/x-www-form-urlencoded");
            (await untouched.Host.Api.SendAsync(HttpMethod.Post, "/connect/token", null, content)).ShouldBe(
                400
            );
        }
    }

    private static void ShouldBeDocumented(Operation operation, Answer answer, string body)
    {
        answer.Status.ShouldBeInRange(400, 499, $"{body}\n{answer}");
        operation.Statuses.ShouldContain(answer.Status, $"{body}\n{answer}");
        answer.Code.ShouldNotBeNullOrEmpty($"{body}\n{answer}");
    }

    /// <summary>What a path names where it must be something that is there, for the rest of the call to be looked at.</summary>
    private static string There(string parameter) =>
        parameter switch
        {
            "name" => "reviews",
            "stream" => "orders",
            _ => $"{Nobody}",
        };

    private static string? BodyOf(Operation operation) => operation.HasBody ? Bodies.Of(operation) : null;

    private string Token(string role) =>
        untouched.Host.Tokens.For(role, Tokens.NewId(), role == "store" ? Nobody : null);

    private async Task<Answer> SendAsync(
        Operation operation,
        string? body,
        string? type = "application/json",
        string? id = null,
        string? role = null,
        string key = "a key"
    )
    {
        using var content = body is null ? null : Api.Text(body, type);
        return await untouched.Host.Api.SendAsync(
            operation.Method,
            operation.PathWith(id ?? $"{Nobody}"),
            operation.NeedsToken ? Token(role ?? Callers.Of(operation)[0]) : null,
            content,
            key
        );
    }
}
