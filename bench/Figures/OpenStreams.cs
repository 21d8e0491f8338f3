using System.Diagnostics;
using System.Net.ServerSentEvents;

namespace Figures;

/// <summary>
/// What it costs to keep clients told: memory per open event stream, and how long after an order was accepted the
/// last of its watchers knows. Host and clients share this machine, and each client has a connection of its own.
/// </summary>
internal static class OpenStreams
{
    private const int AtATime = 64;
    private const double WantedKilobytes = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task MeasureAsync(PublishedHost published, int streams)
    {
        using var data = new DataFolder();
        await using var host = RunningHost.Start(published, data.Path);
        await host.AnsweringAsync();
        var trade = await Trade.BeginAsync(host.Http);
        var order = await trade.PlaceAsync();
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue };
        using var http = new HttpClient(handler) { BaseAddress = host.Http.BaseAddress };

        // What the first of them brings along (code, pools) is not each one's.
        await using (var warm = await OpenAsync(http, trade, order, AtATime))
            await warm.ToldAsync("Placed");
        var before = await host.IdleMegabytesAsync();

        await using var open = await OpenAsync(http, trade, order, streams);
        await open.ToldAsync("Placed");
        var after = await host.IdleMegabytesAsync();

        var since = Stopwatch.StartNew();
        await trade.AcceptAsync(order);
        await open.ToldAsync("Accepted");
        Print(streams, (after - before) * 1024 / streams, after, since.Elapsed);
    }

    private static async Task<Watchers> OpenAsync(HttpClient http, Trade trade, Guid order, int count)
    {
        var watchers = new Watchers();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(AtATime))
        {
            var opened = await Task.WhenAll(chunk.Select(_ => trade.FollowAsync(http, order)));
            foreach (var stream in opened)
                watchers.Add(stream);
        }
        return watchers;
    }

    private static void Print(int streams, double kilobytes, double megabytes, TimeSpan told)
    {
        var table = new Table(
            $"{streams} event streams open on one host, all of them of one order",
            "KB per stream",
            "wanted",
            "host's MB",
            "ms from accepting until all are told"
        );
        table.Add(
            "streams",
            $"{kilobytes:0}",
            $"< {WantedKilobytes:0}",
            $"{megabytes:0}",
            $"{told.TotalMilliseconds:0}"
        );
        table.Print();
    }

    private sealed class Watchers : IAsyncDisposable
    {
        private readonly List<(Stream Body, IAsyncEnumerator<SseItem<string>> Items)> _all = [];

        public void Add(Stream body) =>
            _all.Add((body, SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator()));

        /// <summary>Returns when every one of them was told this status.</summary>
        public Task ToldAsync(string status) =>
            Task.WhenAll(_all.Select(one => ToldAsync(one.Items, status))).WaitAsync(Patience);

        public async ValueTask DisposeAsync()
        {
            foreach (var (body, _) in _all)
                await body.DisposeAsync();
        }

        private static async Task ToldAsync(IAsyncEnumerator<SseItem<string>> items, string status)
        {
            while (await items.MoveNextAsync())
            {
                if (items.Current.Data.Contains($"\"{status}\"", StringComparison.Ordinal))
                    return;
            }
            throw new InvalidOperationException($"A stream ended before it told of {status}.");
        }
    }
}
