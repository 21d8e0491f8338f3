using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Simulator.Identity;

namespace Figures.Placing;

/// <summary>The published host in production, on PostgreSQL, with one store and as many customers as wanted.</summary>
internal sealed class OrdersDeployment : IAsyncDisposable
{
    private static readonly string[] Dishes = ["Bibimbap", "Kimchi stew", "Cold noodles", "Dumplings"];

    private readonly TokenIssuer _issuer;
    private readonly PublishedHost _published;
    private readonly Guid _storeId = Guid.CreateVersion7();

    private OrdersDeployment(
        PublishedHost published,
        string connectionString,
        TokenIssuer issuer,
        IReadOnlyList<string> customers
    )
    {
        (_published, ConnectionString, _issuer, Customers) = (published, connectionString, issuer, customers);
        Host = Start();
    }

    public string ConnectionString { get; }

    /// <summary>The tokens of the customers.</summary>
    public IReadOnlyList<string> Customers { get; }

    public RunningHost Host { get; }

    /// <summary>What each customer orders, as JSON.</summary>
    public string Basket { get; private set; } = "";

    /// <summary>Starts the host on an empty database, opens the store and places one order.</summary>
    public static async Task<OrdersDeployment> StartAsync(
        PublishedHost published,
        string connectionString,
        TokenIssuer issuer,
        int customers
    )
    {
        var deployment = new OrdersDeployment(
            published,
            connectionString,
            issuer,
            [.. Enumerable.Range(0, customers).Select(_ => issuer.Issue(Guid.CreateVersion7(), "customer"))]
        );
        await deployment.Host.AnsweringAsync();
        await deployment.OpenStoreAsync();
        await deployment.PlaceAsync();
        return deployment;
    }

    public Load LoadOf(Uri server) => new(server, Customers, Basket);

    private Task PlaceAsync() =>
        SendAsync(
            "/api/orders",
            Customers[0],
            new StringContent(Basket, new MediaTypeHeaderValue("application/json"))
        );

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private RunningHost Start() =>
        RunningHost.Start(
            _published,
            "Production",
            [
                "--Database:Engine=PostgreSql",
                $"--Database:ConnectionString={ConnectionString}",
                "--Database:Migrate=true",
                $"--Auth:Authority={_issuer.Address}",
                $"--Auth:Audience={TokenIssuer.Audience}",
            ]
        );

    private async Task OpenStoreAsync()
    {
        var store = await SendAsync(
            "/api/stores",
            _issuer.Issue(Guid.CreateVersion7(), "operator"),
            JsonContent.Create(Shop())
        );
        var item = store.GetProperty("menu")[0];
        var option = item.GetProperty("optionGroups")[0].GetProperty("options")[0];
        Basket = JsonSerializer.Serialize(
            new
            {
                storeId = _storeId,
                items = new[]
                {
                    new
                    {
                        menuItemId = item.GetProperty("menuItemId").GetGuid(),
                        quantity = 2,
                        optionIds = new[] { option.GetProperty("optionId").GetGuid() },
                    },
                },
                address = new
                {
                    line = "12 Baekjegobun-ro, 101-1203",
                    latitude = 37.512,
                    longitude = 127.10,
                },
                paymentToken = "tok_approve",
            }
        );
    }

    private object Shop() =>
        new
        {
            storeId = _storeId,
            name = "Songpa Bibim House",
            address = "26 Songpa-daero",
            latitude = 37.5138,
            longitude = 127.104,
            currency = "KRW",
            minimum = 5000,
            timeZone = "Asia/Seoul",
            hours = Enum.GetNames<DayOfWeek>()
                .Select(day => new
                {
                    day,
                    from = "00:00:00",
                    to = "00:00:00",
                }),
            delivery = new
            {
                radiusMetres = 5000,
                baseFee = 1000,
                bands = new[] { new { fromMetres = 800, surcharge = 500 } },
            },
            menu = Dishes.Select(dish => new
            {
                section = "All day",
                name = dish,
                price = 9000,
                optionGroups = new[]
                {
                    new
                    {
                        name = "Size",
                        minimum = 1,
                        maximum = 1,
                        options = new[]
                        {
                            new { name = "Regular", price = 0 },
                            new { name = "Large", price = 2000 },
                        },
                    },
                },
            }),
        };

    private async Task<JsonElement> SendAsync(string path, string token, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await Host.Http.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException(
                $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
    }
}
