using System.Diagnostics;

namespace Platform.Testing;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns when the condition holds.</summary>
    /// <param name="condition">Asked again and again.</param>
    /// <param name="what">Says what was waited for.</param>
    /// <param name="limit">How long to wait at the most; a minute and a half unless said otherwise.</param>
    /// <exception cref="TimeoutException">It did not within the limit.</exception>
    public static Task HoldsAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        HoldsAsync(() => Task.FromResult(condition()), what, limit);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var patience = limit ?? Limit;
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (since.Elapsed > patience)
                throw new TimeoutException($"Waited {patience.TotalSeconds} s in vain: {what}.");
            await Task.Delay(Between);
        }
    }

    /// <summary>Returns the first value that is not null.</summary>
    /// <inheritdoc cref="HoldsAsync(Func{bool}, string, TimeSpan?)"/>
    public static async Task<T> FindsAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        T? found = null;
        await HoldsAsync(async () => (found = await look()) is not null, what);
        return found!;
    }
}
