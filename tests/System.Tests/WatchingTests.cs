using System.Tests.Running;
using System.Text.RegularExpressions;

namespace System.Tests;

/// <summary>What <c>deploy</c> brings for watching speaks of nothing that a running host does not tell.</summary>
public sealed partial class WatchingTests
{
    /// <summary>With a module elsewhere there are relays. The broker need not answer for them to be behind.</summary>
    private static readonly string[] WithOneElsewhere =
    [
        "--Modules:Reviews:Placement=Remote",
        "--Broker:Kind=RabbitMq",
        "--Broker:ConnectionString=amqp://nobody:nothing@127.0.0.1:1",
    ];

    [Fact]
    public async Task Every_metric_of_the_dashboard_and_the_alerts_is_told_by_a_running_host()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        using (var folder = new TemporaryFolder())
        {
            await using var host = await HostProcess.StartAsync(folder.Path);
            await host.IsReadyAsync();
            await Scrape.TakeAsync(host);
            var story = await Story.BeginAsync(host);
            await story.ReviewAsync(await story.DeliverOneAsync(), 5);
            await Eventually.HoldsAsync(
                async () => (await Scrape.TakeAsync(host)).Has("monolith_reviews_food_rating"),
                "the review is counted"
            );
            told.UnionWith((await Scrape.TakeAsync(host)).Names);
        }
        using (var folder = new TemporaryFolder())
        {
            await using var host = await HostProcess.StartAsync(folder.Path, WithOneElsewhere);
            await Eventually.HoldsAsync(
                async () =>
                {
                    told.UnionWith((await Scrape.TakeAsync(host)).Names);
                    return told.Contains("monolith_relay_follower_lag");
                },
                "the relays are told of"
            );
        }

        foreach (var (place, expression) in Watching.Dashboard().Concat(Watching.Alerts()))
        {
            var named = Watching.MetricsIn(expression).ToList();
            (named.Count > 0 || expression.StartsWith("up{", StringComparison.Ordinal)).ShouldBeTrue(
                $"{place}: {expression}"
            );
            named.Except(told).ShouldBeEmpty($"{place}: {expression}");
        }
    }

    [Fact]
    public void Every_alert_says_in_the_documentation_what_to_do()
    {
        var documentation = File.ReadAllText(Path.Combine(Repository.Root, "docs/operating.md"));
        var explained = Explained().Matches(documentation).Select(match => match.Groups["name"].Value);

        Watching.Alerts().Count.ShouldBeGreaterThan(10);
        Watching.Alerts().Select(alert => alert.Place).Except(explained).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Explained();
}
