using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Host.Tests.Running;
using Platform.Modules;
using Simulator.Crashing;

namespace Host.Tests;

/// <summary>What an operator finds in the log after a night on a full disk: what happened, and not a gigabyte of it.</summary>
public sealed class FullDiskTests
{
    private const int Tries = 25;
    private const int Megabytes = 16;

    [Fact]
    public async Task A_full_disk_is_told_in_a_line_and_is_over_when_there_is_room()
    {
        using var folder = new DataFolder();
        using var disk = SmallDisk.TryMount(folder.Path, Megabytes, out var refusal);
        Assert.SkipWhen(disk is null, refusal ?? "");
        await using var host = await HostProcess.StartAsync(folder);
        var store = await ReadAsync(host, $"/api/stores/{DemoIds.FirstStore}");
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await host.Http.TokenOfAsync("customer@demo.local")
        );
        (await PlaceAsync(host, store)).ShouldBe(HttpStatusCode.Created);

        disk!.Fill();
        var before = host.Output.Length;
        for (var number = 0; number < Tries; number++)
            (await PlaceAsync(host, store)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        var lines = host.Output[before..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Count(line => line.Contains("disk is full", StringComparison.Ordinal)).ShouldBe(1);
        lines.ShouldNotContain(line => line.StartsWith("   at ", StringComparison.Ordinal));
        lines.Length.ShouldBeLessThan(Tries);
        disk.MakeRoom();
        await Eventually.HoldsAsync(
            async () => await PlaceAsync(host, store) == HttpStatusCode.Created,
            "orders are placed again"
        );
    }

    private static async Task<JsonElement> ReadAsync(HostProcess host, string path)
    {
        JsonElement? read = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                using var answer = await host.Http.GetAsync(path);
                if (answer.IsSuccessStatusCode)
                    read = await answer.ReadJsonAsync();
                return read is not null;
            },
            $"{path} answers"
        );
        return read!.Value;
    }

    private static async Task<HttpStatusCode> PlaceAsync(HostProcess host, JsonElement store)
    {
        var dish = store.GetProperty("menu")[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders");
        request.Headers.Add("Idempotency-Key", $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        request.Content = JsonContent.Create(
            new
            {
                storeId = DemoIds.FirstStore,
                items = new[]
                {
                    new
                    {
                        menuItemId = dish.GetProperty("menuItemId").GetGuid(),
                        quantity = 2,
                        optionIds = new[]
                        {
                            dish.GetProperty("optionGroups")[0]
                                .GetProperty("options")[0]
                                .GetProperty("optionId")
                                .GetGuid(),
                        },
                    },
                },
                address = new
                {
                    line = "1 Test-ro",
                    latitude = 37.512,
                    longitude = 127.1,
                },
                paymentToken = "tok_approve",
            }
        );
        using var answer = await host.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
