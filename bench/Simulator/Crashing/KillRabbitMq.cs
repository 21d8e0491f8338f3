using Platform.Testing;
using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary><c>kill -9</c> of the broker, which is started again on what it had written.</summary>
internal sealed class KillRabbitMq(RabbitMqServer server) : Disaster
{
    public override async Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    )
    {
        var downFor = chance.Seconds(0.5, 5);
        diary.Write("kill -9 of RabbitMQ");
        await server.KillAsync();
        try
        {
            await Task.Delay(downFor, diary.Clock, stop);
        }
        finally
        {
            await server.RestartAsync();
        }
        diary.Write($"RabbitMQ is back after {downFor.TotalSeconds:0.0} s");
    }
}
