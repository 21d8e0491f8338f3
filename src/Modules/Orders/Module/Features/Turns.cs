namespace Orders.Features;

/// <summary>Goes through the due rows of a sweep.</summary>
internal static class Turns
{
    /// <summary>One that fails keeps none of the others from its turn; the failures are told at the end.</summary>
    /// <exception cref="AggregateException">Some failed.</exception>
    public static async Task EachHasItsTurnAsync(this IEnumerable<Guid> due, Func<Guid, Task> act)
    {
        var failures = new List<Exception>();
        foreach (var id in due)
        {
            try
            {
                await act(id);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure);
            }
        }
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
