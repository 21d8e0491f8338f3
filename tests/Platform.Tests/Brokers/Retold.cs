using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Brokers;

/// <summary>An event that is handled in another process, and only at the third attempt.</summary>
internal static class Retold
{
    private const string Wolverine = "Wolverine";

    public static async Task KeepsItsTraceAndItsIdAsync(TwoProcesses processes)
    {
        var speaker = Guid.CreateVersion7();
        var seen = new ConcurrentBag<(ActivityTraceId Trace, string Correlation)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Wolverine or nameof(Retold),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended =>
            {
                if (ended.Source.Name == Wolverine)
                    seen.Add((ended.TraceId, $"{ended.GetTagItem("messaging.conversation_id")}"));
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(Retold));
        processes.Notes!.Poison().Add("bitter");

        ActivityTraceId trace;
        using (var saying = source.StartActivity("saying"))
        {
            trace = saying!.TraceId;
            await processes.SayAsync(speaker, 1, 1, "bitter");
        }
        await Eventually.HoldsAsync(() => processes.Notes!.Poison().Tried >= 2, "it is tried again");
        processes.Notes!.Poison().Remove("bitter");

        await processes.AreNotedAsync(speaker, 1);
        var said = await processes.Talk!.ReadAsync<TalkDbContext, Guid>(db =>
            db.Outbox.Where(row => row.Key == speaker).Select(row => row.EventId).SingleAsync()
        );
        var attempts = seen.Where(one => one.Trace == trace).ToList();
        attempts.Count.ShouldBeGreaterThanOrEqualTo(3);
        attempts.ShouldAllBe(attempt => attempt.Correlation == $"{said}");
    }
}
