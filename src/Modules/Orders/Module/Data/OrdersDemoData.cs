using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orders.Domain;
using Orders.Features;
using Platform.Commands;
using Platform.Http;
using Platform.Modules;

namespace Orders.Data;

/// <summary>Stores around Songpa-gu in Seoul, so that a fresh clone has something to order from.</summary>
internal sealed class OrdersDemoData(OrdersDbContext orders, Sender sender) : IDemoData
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        if (await IsSeededAsync(cancellationToken))
            return;
        foreach (var demo in await ReadAsync(cancellationToken))
        {
            var registered = await sender.SendAsync(demo.ToRegistration(), cancellationToken);
            if (registered.IsDone && demo.Paused)
                await sender.SendAsync(PauseOf(demo.Id), cancellationToken);
        }
    }

    internal static async Task<IReadOnlyList<DemoStore>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var file = OpenFile();
        return (await JsonSerializer.DeserializeAsync<DemoStore[]>(file, Options, cancellationToken))!;
    }

    /// <summary>Every start but the first ends here, so it asks for no more of the file than the ids.</summary>
    private async Task<bool> IsSeededAsync(CancellationToken cancellationToken)
    {
        await using var file = OpenFile();
        using var stores = await JsonDocument.ParseAsync(file, default, cancellationToken);
        var ids = stores
            .RootElement.EnumerateArray()
            .Select(store => store.GetProperty("id").GetGuid())
            .ToList();
        return await orders.Stores.CountAsync(store => ids.Contains(store.Id), cancellationToken)
            == ids.Count;
    }

    private static Stream OpenFile() =>
        typeof(OrdersDemoData).Assembly.GetManifestResourceStream("demo-stores.json")!;

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
    IReadOnlyList<MenuItemBody> Menu
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
