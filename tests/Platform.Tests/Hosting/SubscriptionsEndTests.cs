using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Hosting;

/// <summary>A process gives its leases up when it stops, unless that would take longer than it may take.</summary>
public sealed class SubscriptionsEndTests
{
    [Fact]
    public async Task A_database_that_hangs_does_not_hold_up_a_stop_beyond_its_limit()
    {
        using var folder = new TemporaryFolder(TestEngine.Sqlite);
        await using var host = await NotesHost.StartAsync(folder, new PlantedStream("talk"));
        await host.CaughtUpAsync();
        var end = new SubscriptionsEnd(host.Services.GetRequiredService<SubscriptionRunner>());
        await using var holder = new SqliteConnection(
            $"Data Source={Path.Combine(folder.Path, "notes.db")};Pooling=False"
        );
        await holder.OpenAsync();
        await using (var writing = holder.BeginTransaction(deferred: false))
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            var stopping = TimeProvider.System.GetTimestamp();

            await end.StoppingAsync(limit.Token);

            limit.IsCancellationRequested.ShouldBeTrue();
            TimeProvider.System.GetElapsedTime(stopping).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }
    }
}
