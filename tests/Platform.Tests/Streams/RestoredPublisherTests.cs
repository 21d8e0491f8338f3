using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Streams;

/// <summary>A publisher whose database was put back to an older copy says other events under positions that were handled.</summary>
public class RestoredPublisherTests : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PlantedStream _talk = new("talk");
    private readonly Guid _ann = Guid.CreateVersion7();

    public RestoredPublisherTests()
        : this(TestEngines.Default) { }

    protected RestoredPublisherTests(TestEngine engine) => _folder = new TemporaryFolder(engine);

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_follower_stays_broken_whatever_is_said_after_its_publisher_was_put_back()
    {
        _talk.SayWords(_ann, "one", "two", "three");
        await using (var first = await NotesHost.StartAsync(_folder, _talk))
            await first.CaughtUpAsync();
        var restored = new PlantedStream("talk") { Identity = _talk.Identity };
        restored.SayWords(_ann, "one", "two", "another three", "four", "five");

        await using var second = await NotesHost.StartAsync(_folder, restored);

        await IsBrokenAsync(second, "at 3 it has the event");
        restored.Say(_ann, new WordSaid(_ann, 6, "six"));
        second.Services.GetRequiredService<SubscriptionRunner>().All.Single().Wake();
        await IsBrokenAsync(second, "at 3 it has the event");
        (await second.NotesAsync()).Count.ShouldBe(3);
        (await second.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync())
            .Entries["Notes"]
            .Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    [Trait("Fault", "S1")]
    public async Task Another_stream_of_the_same_name_is_not_followed()
    {
        _talk.SayWords(_ann, "one");
        await using (var first = await NotesHost.StartAsync(_folder, _talk))
            await first.CaughtUpAsync();
        var another = new PlantedStream("talk");
        another.SayWords(_ann, "one", "two");

        await using var second = await NotesHost.StartAsync(_folder, another);

        await IsBrokenAsync(second, "another stream of that name");
        (await second.NotesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_follower_notices_while_it_runs_that_its_publisher_was_put_back()
    {
        _talk.SayWords(_ann, "one", "two", "three");
        await using var host = await NotesHost.StartAsync(_folder, _talk);
        await host.CaughtUpAsync();

        _talk.PutBackTo(2);
        _talk.Say(_ann, new WordSaid(_ann, 3, "another three"));

        await IsBrokenAsync(host, "at 3 it has the event");
    }

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_cursor_of_an_older_build_goes_on_and_remembers_the_event_from_then_on()
    {
        _talk.SayWords(_ann, "one", "two");
        await using (var first = await NotesHost.StartAsync(_folder, _talk))
        {
            await first.CaughtUpAsync();
            await first.ForgetPlacesAsync();
        }
        _talk.Say(_ann, new WordSaid(_ann, 3, "three"));

        await using var second = await NotesHost.StartAsync(_folder, _talk);
        await second.CaughtUpAsync();

        (await second.NotesAsync()).Count.ShouldBe(3);
        var place = await second.PlaceAsync();
        place.Stream.ShouldBe(_talk.Identity);
        place.EventId.ShouldNotBeNull();
    }

    public void Dispose() => _folder.Dispose();

    private static Task IsBrokenAsync(ModuleHost host, string reason) =>
        Eventually.HoldsAsync(
            async () =>
            {
                var modules = await host.Operator().GetFromJsonAsync<JsonElement>("/api/ops/modules");
                var subscription = modules[0].GetProperty("subscriptions")[0];
                return subscription.GetProperty("state").GetString() == "Broken"
                    && subscription.GetProperty("lastError").GetString()!.Contains(reason);
            },
            "the other stream is told"
        );
}

public sealed class RestoredPublisherOnPostgreSqlTests() : RestoredPublisherTests(TestEngine.PostgreSql);
