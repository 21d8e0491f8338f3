using System.Text.Json;
using Orders.Domain;
using Orders.Features;
using Platform.Commands;
using Platform.Http;
using Platform.Modules;

namespace Orders.Data;

/// <summary>Stores around Songpa-gu in Seoul, so that a fresh clone has something to order from.</summary>
internal sealed class OrdersDemoData(Sender sender) : IDemoData
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var demo in await ReadAsync(cancellationToken))
        {
            var registered = await sender.SendAsync(demo.ToRegistration(), cancellationToken);
            if (registered.IsDone && demo.Paused)
                await sender.SendAsync(PauseOf(demo.Id), cancellationToken);
        }
    }

    internal static async Task<IReadOnlyList<DemoStore>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var file = typeof(OrdersDemoData).Assembly.GetManifestResourceStream("demo-stores.json")!;
        return (await JsonSerializer.DeserializeAsync<DemoStore[]>(file, Options, cancellationToken))!;
    }

    private static PauseStore PauseOf(Guid storeId) =>
        new(storeId, new Caller(DemoIds.StoreKeeper, Roles.Store, storeId), Paused: true);
}

/// <summary>A store as the demo file writes it: in won, in Seoul, with the same hours every day.</summary>
internal sealed record DemoStore(
    Guid Id,
    string Name,
    string About,
    string Address,
    double Latitude,
    double Longitude,
    decimal Minimum,
    TimeOnly? OpensAt,
    TimeOnly? ClosesAt,
    bool Paused,
    RegisterStore.DeliveryBody Delivery,
    IReadOnlyList<RegisterStore.ItemBody> Menu
)
{
    public RegisterStore ToRegistration() =>
        new(
            Id,
            Name,
            About,
            Address,
            Latitude,
            Longitude,
            "KRW",
            Minimum,
            "Asia/Seoul",
            OpensAt is { } from && ClosesAt is { } to
                ? OpeningHours.EveryDay("Asia/Seoul", from, to).Week
                : [],
            Delivery,
            Menu
        );
}
