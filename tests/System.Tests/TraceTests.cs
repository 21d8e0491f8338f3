using System.Tests.Running;

namespace System.Tests;

/// <summary>One trace follows an order through the modules, in whatever processes they run.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task What_a_store_accepts_is_one_trace_into_Riders_and_figures_are_pushed_along()
    {
        using var collector = new Collector();
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path, collector.Arguments);
        await host.IsReadyAsync();
        var story = await Story.BeginAsync(host);

        await story.AcceptAsync(await story.PlaceAsync());

        await HoldsAsync(collector, processes: 1);
        await Eventually.HoldsAsync(
            () =>
                Task.FromResult(
                    collector.Metrics.ContainsKey("monolith.command.duration")
                        && collector.Metrics.ContainsKey("monolith.stream.lag")
                        && collector.Metrics.ContainsKey("monolith.orders.open")
                ),
            "figures are pushed, those that lie in databases as well"
        );
    }

    [Fact]
    public async Task With_Riders_in_a_process_of_its_own_it_is_still_one_trace()
    {
        using var collector = new Collector();
        await using var deployment = await SpreadDeployment.StartAsync(
            await RabbitMq.ConnectionStringAsync(),
            "Riders",
            collector.Arguments
        );
        var story = await Story.BeginAsync(deployment.Front);

        await story.AcceptAsync(await story.PlaceAsync());

        await HoldsAsync(collector, processes: 2);
    }

    /// <summary>The store's command, the event on its way, and what Riders does about it.</summary>
    private static Task HoldsAsync(Collector collector, int processes) =>
        Eventually.HoldsAsync(
            () =>
                Task.FromResult(
                    collector
                        .Spans.GroupBy(span => span.Trace, StringComparer.Ordinal)
                        .Any(trace =>
                            trace.Any(span => span.Name == "AcceptOrder")
                            && trace.Any(span => span.Name == "RequestDelivery")
                            && trace.Select(span => span.Process).Distinct().Count() == processes
                        )
                ),
            "the trace leads from Orders to Riders"
        );
}
