using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>Bad input of every kind gets its documented 4xx and never a 500, in every environment.</summary>
public sealed class BadRequestTests(BadRequestTests.Edge edge) : IClassFixture<BadRequestTests.Edge>
{
    private const string Good =
        """{"storeId":"0199c000-0000-7000-8000-000000000101","items":[{"menuItemId":"0199c000-0000-7000-8000-000000000102","quantity":2}],"latitude":37.5,"status":"Placed","unknown":{"a":1}}""";

    [Fact]
    public async Task A_good_body_is_taken_and_unknown_members_are_ignored()
    {
        using var answer = await PostAsync(Good);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await answer.Content.ReadAsStringAsync();
        body.ShouldContain("\"status\":\"Placed\"");
        body.ShouldContain("\"menuItemId\":");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"storeId\":}")]
    [InlineData("rubbish")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("{\"storeId\":\"0199c000-0000-7000-8000-000000000101\",}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":")]
    public async Task Malformed_json_is_400(string body)
    {
        using var answer = await PostAsync(body);

        await answer.ShouldBeProblemAsync(400, "malformed_json");
    }

    [Theory]
    [Trait("Fault", "A1")]
    [InlineData("items", "{}", 300_000)]
    [InlineData("items", "{}", 6_000)]
    [InlineData("unknown", "1", 300_000)]
    [InlineData("unknown", "[[[]]]", 100_000)]
    public async Task A_list_that_nobody_needs_is_refused_before_it_is_read(
        string member,
        string element,
        int count
    )
    {
        using var answer = await PostAsync(
            $"{{\"{member}\":[{string.Join(',', Enumerable.Repeat(element, count))}]}}"
        );

        await answer.ShouldBeProblemAsync(400, "validation_failed");
        (await answer.ReadJsonAsync()).GetProperty("errors").TryGetProperty(member, out _).ShouldBeTrue();
        answer.Content.Headers.ContentLength.GetValueOrDefault().ShouldBeLessThan(2_000);
    }

    [Fact]
    [Trait("Fault", "A1")]
    public async Task Many_short_lists_are_a_long_one()
    {
        var lists = string.Join(
            ',',
            Enumerable.Range(0, 300).Select(_ => $"[{string.Join(',', Enumerable.Repeat("1", 100))}]")
        );

        using var answer = await PostAsync($"{{\"unknown\":[{lists}]}}");

        await answer.ShouldBeProblemAsync(400, "validation_failed");
    }

    [Fact]
    [Trait("Fault", "A1")]
    public async Task A_large_body_of_a_sort_that_calls_take_is_read()
    {
        var padded = Good.Replace("{\"a\":1}", $"\"{new string('x', 200_000)}\"", StringComparison.Ordinal);

        using var answer = await PostAsync(padded);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("\"quantity\":2", "\"quantity\":\"2\"", "items[0].quantity")]
    [InlineData("\"quantity\":2", "\"quantity\":99999999999999999999", "items[0].quantity")]
    [InlineData("\"quantity\":2", "\"quantity\":1.5", "items[0].quantity")]
    [InlineData("\"quantity\":2", "\"quantity\":null", "items[0].quantity")]
    [InlineData("\"quantity\":2", "\"quantity\":true", "items[0].quantity")]
    [InlineData("\"quantity\":2", "\"quantity\":[2]", "items[0].quantity")]
    [InlineData("\"quantity\":2", "\"quantity\":2,\"price\":1e999", "items[0].price")]
    [InlineData("\"latitude\":37.5", "\"latitude\":1e999", "latitude")]
    [InlineData("\"latitude\":37.5", "\"latitude\":\"NaN\"", "latitude")]
    [InlineData("\"status\":\"Placed\"", "\"status\":\"Nowhere\"", "status")]
    [InlineData("\"status\":\"Placed\"", "\"status\":1", "status")]
    [InlineData("\"storeId\":\"0199c000-0000-7000-8000-000000000101\"", "\"storeId\":\"x\"", "storeId")]
    [InlineData("\"storeId\":\"0199c000-0000-7000-8000-000000000101\"", "\"storeId\":7", "storeId")]
    [InlineData("\"status\":\"Placed\"", "\"status\":\"Placed\",\"note\":\"\\ud800\"", "note")]
    [InlineData("\"status\":\"Placed\"", "\"status\":\"Placed\",\"note\":5", "note")]
    public async Task A_value_of_the_wrong_type_is_400_and_names_its_member(
        string from,
        string to,
        string member
    )
    {
        using var answer = await PostAsync(Good.Replace(from, to, StringComparison.Ordinal));

        await answer.ShouldBeProblemAsync(400, "validation_failed");
        (await answer.ReadJsonAsync()).GetProperty("errors").TryGetProperty(member, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{}", "storeId")]
    [InlineData("{}", "items")]
    [InlineData("{\"storeId\":null}", "storeId")]
    public async Task A_missing_member_is_400_and_is_named(string body, string member)
    {
        using var answer = await PostAsync(body);

        await answer.ShouldBeProblemAsync(400, "validation_failed");
        (await answer.ReadJsonAsync()).GetProperty("errors").TryGetProperty(member, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_member_given_twice_is_400()
    {
        using var answer = await PostAsync(
            Good.Replace("{\"storeId\"", "{\"latitude\":1,\"storeId\"", StringComparison.Ordinal)
        );

        ((int)answer.StatusCode).ShouldBe(400);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_is_not_json_is_415(string type)
    {
        using var answer = await PostAsync(Good, type);

        await answer.ShouldBeProblemAsync(415, "unsupported_media_type");
    }

    [Theory, Trait("Fault", "A6")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json; charset=\"u\\tf-8\"")]
    [InlineData("application/json;charset=utf-8;x=\"a;b\"")]
    public async Task A_charset_may_be_quoted(string type)
    {
        using var answer = await PostAsync(Good, type);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, Trait("Fault", "A6")]
    [InlineData("application/json; charset=\"klingon\"")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("application/json; charset=\"'utf-8'\"")]
    public async Task A_quoted_charset_that_nobody_knows_is_415(string type)
    {
        using var answer = await PostAsync(Good, type);

        await answer.ShouldBeProblemAsync(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_body_without_a_media_type_is_415()
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good));

        using var answer = await edge.Host.Http.PostAsync("/test/orders", content);

        await answer.ShouldBeProblemAsync(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData(1024 * 1024 + 1)]
    [InlineData(10 * 1024 * 1024)]
    public async Task A_body_over_one_megabyte_is_413(int size)
    {
        using var content = new ByteArrayContent(new byte[size]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await edge.Host.Http.PostAsync("/test/orders", content);

        await answer.ShouldBeProblemAsync(413, "payload_too_large");
    }

    [Fact]
    public async Task A_body_of_unannounced_length_over_one_megabyte_is_413()
    {
        using var content = new ByteArrayContent(
            Encoding.UTF8.GetBytes($"\"{new string('a', 2 * 1024 * 1024)}\"")
        );
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/test/orders") { Content = content };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await edge.Host.Http.SendAsync(request);

        await answer.ShouldBeProblemAsync(413, "payload_too_large");
    }

    [Theory]
    [InlineData("limit=abc", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("storeId=1", "storeId")]
    [InlineData("status=Nowhere", "status")]
    public async Task A_query_value_that_cannot_be_read_is_400_and_is_named(string query, string name)
    {
        using var answer = await edge.Host.Http.GetAsync($"/test/orders?{query}");

        await answer.ShouldBeProblemAsync(400, "invalid_parameter");
        (await answer.ReadJsonAsync()).GetProperty("errors").TryGetProperty(name, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("/test/orders/not-a-guid")]
    [InlineData("/test/nothing")]
    [InlineData("/")]
    public async Task A_path_that_leads_nowhere_is_404(string path)
    {
        using var answer = await edge.Host.Http.GetAsync(path);

        await answer.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_method_that_the_path_does_not_take_is_405_and_lists_those_it_takes()
    {
        using var answer = await edge.Host.Http.DeleteAsync("/test/orders");

        await answer.ShouldBeProblemAsync(405, "method_not_allowed");
        answer.Content.Headers.Allow.ShouldContain("POST");
    }

    [Fact]
    public async Task A_failure_of_ours_is_500_with_a_trace_id_and_no_detail_of_it()
    {
        using var answer = await edge.Host.Http.GetAsync("/test/failing");

        await answer.ShouldBeProblemAsync(500, "internal_error");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("secret");
    }

    [Fact]
    public async Task Problems_are_json_even_for_who_accepts_only_html()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/nothing");
        request.Headers.Accept.ParseAdd("text/html");

        using var answer = await edge.Host.Http.SendAsync(request);

        await answer.ShouldBeProblemAsync(404, "not_found");
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string type = "application/json")
    {
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await edge.Host.Http.PostAsync("/test/orders", content);
    }

    public sealed class Edge : IAsyncLifetime
    {
        internal EdgeHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await EdgeHost.StartAsync();

        public async ValueTask DisposeAsync() => await Host.DisposeAsync();
    }
}
