using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Platform.Data;

/// <summary>
/// Waits for its turn to migrate a schema for as long as another process is at it, which may be hours, and says so once
/// in a while. No statement waits, so no time-out of one ends it.
/// </summary>
internal sealed class MigrationTurn(string schema, ILogger log)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Saying = TimeSpan.FromSeconds(10);

    /// <summary>Returns when <paramref name="tryTake"/> has had it.</summary>
    public async Task TakeAsync(Func<Task<bool>> tryTake, CancellationToken cancellationToken)
    {
        long? said = null;
        while (!await tryTake())
        {
            if (said is null || Stopwatch.GetElapsedTime(said.Value) > Saying)
            {
                log.LogInformation("Another process migrates '{Schema}'; waiting for it to end", schema);
                said = Stopwatch.GetTimestamp();
            }
            await Task.Delay(Between, cancellationToken);
        }
    }
}
