namespace System.Tests.Running;

/// <summary>People who order, bring and review, one order after another, until told to stop. An answer that is not the right one fails them.</summary>
internal sealed class People : IAsyncDisposable
{
    /// <summary>They are people: one order at a time, and not as many as a machine could.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _ends = new();
    private readonly IReadOnlyList<Story> _stories;
    private readonly int[] _reviews;
    private readonly IReadOnlyList<Task> _ordering;

    private People(IReadOnlyList<Story> stories)
    {
        _stories = stories;
        _reviews = new int[stories.Count];
        _ordering = [.. stories.Select((story, number) => OrderAsync(story, number))];
    }

    public static People Begin(IReadOnlyList<Story> stories) => new(stories);

    /// <summary>Waits until each of them has ordered from the basket to the review once more.</summary>
    public async Task EachOrdersOnceMoreAsync()
    {
        // The one that is under way may have begun before.
        var wanted = _reviews.Select(count => count + 2).ToList();
        await Eventually.HoldsAsync(
            async () =>
            {
                foreach (var failed in _ordering.Where(one => one.IsCompleted))
                    await failed;
                return wanted.Index().All(one => Volatile.Read(ref _reviews[one.Index]) >= one.Item);
            },
            "everybody orders once more"
        );
    }

    /// <summary>Has them stop after what they are about.</summary>
    public async Task EndAsync()
    {
        await _ends.CancelAsync();
        await Task.WhenAll(_ordering);
    }

    /// <summary>Has them stop, and waits until each review that they wrote counts at its store, once.</summary>
    public async Task EndWithEachReviewCountedOnceAsync()
    {
        await EndAsync();
        foreach (var (number, story) in _stories.Index())
        {
            await Eventually.HoldsAsync(
                async () => await story.RatingAsync() == (4, _reviews[number]),
                "every review counts once"
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await Task.WhenAll(_ordering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ends.Dispose();
    }

    private async Task OrderAsync(Story story, int number)
    {
        using var pace = new PeriodicTimer(Pace);
        do
        {
            await story.ReviewAsync(await story.DeliverOneAsync(), 4);
            Interlocked.Increment(ref _reviews[number]);
        } while (await IsNextAsync(pace));
    }

    private async Task<bool> IsNextAsync(PeriodicTimer pace)
    {
        try
        {
            return await pace.WaitForNextTickAsync(_ends.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
