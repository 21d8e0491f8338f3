using Microsoft.EntityFrameworkCore;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;

namespace Platform.Tests.Brokers;

/// <summary>
/// Builds with and without identities of streams, over one RabbitMQ: for one version, whichever is first replaced goes
/// on with the other, and nothing is lost or handled twice.
/// </summary>
public sealed class OlderBuildTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_follower_follows_a_relay_of_an_older_build_and_the_one_that_takes_its_place()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkUnconnectedAsync();
        await processes.SayAsync(_ann, 1, 10);
        await using (var older = await OlderRelay.StartAsync(settings, []))
        {
            await older.SendAsync(await SaidAsync(processes, 0));
            await processes.StartNotesAsync();
            await processes.AreNotedAsync(_ann, 10);
            await processes.SayAsync(_ann, 11, 10);
            await older.SendAsync(await SaidAsync(processes, 10), lost: 13);
            await processes.AreNotedAsync(_ann, 20);
        }
        await MovedAsync(processes, 20);
        await processes.StopTalkAsync();

        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 21, 10);
        await processes.AreNotedAsync(_ann, 30);
        (await processes.Notes!.PlaceAsync()).Stream.ShouldNotBeNull();
        await processes.StopTalkAsync();

        // Back for a while: what it sends is not believed any more, and comes again from the one that replaces it.
        await processes.StartTalkUnconnectedAsync();
        await processes.SayAsync(_ann, 31, 10);
        await using (var older = await OlderRelay.StartAsync(settings, await SaidAsync(processes, 0, 30)))
        {
            await older.SendAsync(await SaidAsync(processes, 30));
            await Eventually.HoldsAsync(() => processes.Reader.Refusal is not null, "it is not believed");
        }
        await MovedAsync(processes, 40);
        await processes.StopTalkAsync();
        await processes.StartTalkAsync();
        await processes.AreNotedAsync(_ann, 40);
    }

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_relay_serves_a_follower_of_an_older_build_and_the_one_that_takes_its_place()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await processes.StopNotesAsync();

        await using (var older = await OlderFollower.StartAsync(settings, 10))
        {
            await processes.SayAsync(_ann, 11, 10);
            await HasHandledAsync(older, 11, 20);
        }
        await processes.SayAsync(_ann, 21, 10);
        await Eventually.HoldsAsync(async () => await processes.IsRelayedAsync(), "all is relayed");
        await RabbitMqQueue.LoseAsync(settings, "one message of several");
        await using (var older = await OlderFollower.StartAsync(settings, 20))
            await HasHandledAsync(older, 21, 30);
        processes.Relay.SecondOwner.ShouldBeNull();
        processes.MoveCursorAsAnOlderBuildDoes(30);

        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 31, 10);
        await Eventually.HoldsAsync(
            async () => (await processes.NotesAsync(_ann)).Count == 20,
            "what comes behind the older build is noted"
        );
        (await processes.NotesAsync(_ann))
            .Select(note => note.Number)
            .Order()
            .ShouldBe([.. Enumerable.Range(1, 10), .. Enumerable.Range(31, 10)]);
        (processes.Subscription.Status.LastError ?? "").ShouldNotContain("not the one that was followed");
    }

    private static Task HasHandledAsync(OlderFollower older, int from, int to) =>
        Eventually.HoldsAsync(
            () =>
                older.Handled.Count >= to - from + 1
                && older.Handled.SequenceEqual(Enumerable.Range(from, to - from + 1).Select(at => (long)at)),
            $"it has handled {from} to {to}, once and in order"
        );

    private static async Task<IReadOnlyList<StreamEvent>> SaidAsync(
        TwoProcesses processes,
        long after,
        long upTo = long.MaxValue
    )
    {
        var rows = await processes.Talk!.ReadAsync<TalkDbContext, List<OutboxRow>>(talk =>
            talk.Outbox.AsNoTracking()
                .Where(row => row.Position > after && row.Position <= upTo)
                .OrderBy(row => row.Position)
                .ToListAsync()
        );
        return [.. rows.Select(row => row.At(row.Position))];
    }

    /// <summary>Leaves the relay's cursor as that build does: it tells a position alone.</summary>
    private static Task<int> MovedAsync(TwoProcesses processes, long position) =>
        processes.Talk!.ReadAsync<TalkDbContext, int>(async talk =>
        {
            var known = await talk.Cursors.SingleOrDefaultAsync(row =>
                row.Stream == Platform.Brokers.Relay.CursorName
            );
            if (known is null)
                talk.Cursors.Add(
                    new Cursor { Stream = Platform.Brokers.Relay.CursorName, Position = position }
                );
            else
                known.Position = position;
            return await talk.SaveChangesAsync();
        });
}
