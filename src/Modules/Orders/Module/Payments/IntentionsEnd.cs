using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orders.Payments;

/// <summary>
/// A process that stops leaves no intentions ready that nobody will take. After one that was killed, or whose database
/// is away, their deadline removes them.
/// </summary>
internal sealed class IntentionsEnd(Intentions intentions, ILogger<IntentionsEnd> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await intentions.DropAllAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception failure)
        {
            logger.LogDebug(failure, "Intentions that lay ready are left to their deadline");
        }
    }
}
