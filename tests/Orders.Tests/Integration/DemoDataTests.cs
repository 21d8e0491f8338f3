using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Orders.Features;
using Platform.Http;
using Platform.Modules;
using Platform.Testing;

namespace Orders.Tests.Integration;

/// <summary>What a fresh clone has to order from.</summary>
public sealed class DemoDataTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ModuleHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task There_are_stores_around_songpa_of_every_kind_and_the_first_never_closes()
    {
        var stores = await StoresAsync("?latitude=37.5145&longitude=127.1059&limit=100");

        stores.Count.ShouldBeGreaterThanOrEqualTo(12);
        stores.Count(store => store.Paused).ShouldBe(1);
        var hours = await _host.ReadAsync<OrdersDbContext, List<OpeningHours>>(database =>
            database.Stores.Select(store => store.Hours).ToListAsync()
        );
        hours.Count(week => week.Week.Count == 0).ShouldBe(1);
        hours.ShouldContain(week => week.Week.All(span => span.To < span.From) && week.Week.Count > 0);
        var first = await _host
            .Anonymous()
            .GetFromJsonAsync<StoreView>($"/api/stores/{DemoIds.FirstStore}", ModuleHost.Json);
        first!.Open.ShouldBeTrue();
        first.Hours.Week.ShouldAllBe(span => span.From == span.To);
        first.Menu.ShouldContain(item => item.OptionGroups.Count > 1);
    }

    [Fact]
    public async Task Starting_again_adds_nothing()
    {
        var before = await StoresAsync("?limit=100");
        await _host.DisposeAsync();

        _host = await StartAsync();

        (await StoresAsync("?limit=100"))
            .Select(store => store.StoreId)
            .ShouldBe(before.Select(store => store.StoreId));
    }

    private Task<ModuleHost> StartAsync() =>
        ModuleHost.StartAsync(
            _folder,
            [new OrdersModule()],
            [new PlantedStream("riders"), new PlantedStream("reviews")],
            environment: "Development"
        );

    private async Task<IReadOnlyList<StoreSummary>> StoresAsync(string query)
    {
        var page = await _host
            .Anonymous()
            .GetFromJsonAsync<Page<StoreSummary>>($"/api/stores{query}", ModuleHost.Json);
        return page!.Items;
    }
}
