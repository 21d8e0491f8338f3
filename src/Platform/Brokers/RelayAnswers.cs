using Platform.Modules;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>Tells a follower how far its stream goes, and whether it is still the one that it has handled.</summary>
internal sealed class RelayAnswers(
    ModuleDefinition module,
    OutboxSource source,
    IBroker broker,
    TimeProvider clock
)
{
    /// <summary>Answers a report, behind everything that is on its way to the follower.</summary>
    /// <param name="report">What is answered.</param>
    /// <param name="relayed">Up to where everybody was sent the stream.</param>
    /// <param name="replayed">Up to where the follower was sent what it asked for; null when that is not under way.</param>
    /// <param name="difference">In what the stream is not the one that was handled; null when it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TellAsync(
        FollowerReport report,
        StreamPlace relayed,
        StreamPlace? replayed,
        string? difference,
        CancellationToken cancellationToken
    )
    {
        var head = await source.PlaceAsync(long.MaxValue, null, cancellationToken);
        var common = difference is null
            ? StreamPlace.Beginning
            : await source.PlaceAsync(report.Place.Position - 1, report.Place.SaidAt, cancellationToken);
        var message = new StreamHead((replayed ?? relayed).Position, head.Position, report.Place.Position)
        {
            Stream = head.Stream,
            Session = report.Number == 0 ? null : report.Session,
            Number = report.Number,
            IsReplaying = replayed is not null,
            HeadId = head.EventId,
            Difference = difference,
            Common = common.Position,
            CommonId = common.EventId,
        };
        await broker.PublishAsync(
            BrokerAddress.FollowerOf(module.Stream, report.Follower),
            [message.ToMessage(module.Stream, Guid.CreateVersion7(clock.GetUtcNow()))],
            cancellationToken
        );
    }
}
