using System.Diagnostics;

namespace Platform.Testing;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within a minute and a half.</exception>
    public static Task HoldsAsync(Func<bool> condition, string what) =>
        HoldsAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        var since = Stopwatch.StartNew();
        while (!await condition())
        {
            if (since.Elapsed > Limit)
                throw new TimeoutException($"Waited {Limit.TotalSeconds} s in vain: {what}.");
            await Task.Delay(Between);
        }
    }

    /// <summary>Returns the first value that is not null.</summary>
    /// <inheritdoc cref="HoldsAsync(Func{bool}, string)"/>
    public static async Task<T> FindsAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        T? found = null;
        await HoldsAsync(async () => (found = await look()) is not null, what);
        return found!;
    }
}
