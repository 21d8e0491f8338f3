using System.Collections.Concurrent;
using Platform.Data;

namespace Platform.Tests.Data;

public sealed class GroupingTests : IDisposable
{
    private readonly ConcurrentQueue<IReadOnlyList<int>> _groups = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _mayGoOn = new(0);

    [Fact]
    public async Task Who_comes_while_a_group_is_under_way_joins_the_next()
    {
        var doubling = new Grouping<int, int>(3, atOnce: 1, HandleAsync);
        var first = doubling.JoinAsync(1);
        await _begun.WaitAsync(TestContext.Current.CancellationToken);
        var others = Enumerable.Range(2, 4).Select(doubling.JoinAsync).ToList();
        _mayGoOn.Release(3);

        (await first).ShouldBe(2);
        (await Task.WhenAll(others)).ShouldBe([4, 6, 8, 10]);
        _groups.ShouldBe([
            [1],
            [2, 3, 4],
            [5],
        ]);
    }

    [Fact]
    public async Task As_many_groups_as_may_be_are_under_way_at_once()
    {
        var doubling = new Grouping<int, int>(3, atOnce: 2, HandleAsync);
        var first = doubling.JoinAsync(1);
        await _begun.WaitAsync(TestContext.Current.CancellationToken);
        var second = doubling.JoinAsync(2);
        await _begun.WaitAsync(TestContext.Current.CancellationToken);
        var others = new[] { doubling.JoinAsync(3), doubling.JoinAsync(4) };
        _mayGoOn.Release(3);

        (await Task.WhenAll([first, second, .. others])).ShouldBe([2, 4, 6, 8]);
        _groups.ShouldBe([
            [1],
            [2],
            [3, 4],
        ]);
    }

    [Fact]
    public async Task A_failure_is_its_group_s_and_the_next_is_handled()
    {
        var doubling = new Grouping<int, int>(
            1,
            atOnce: 1,
            group => group[0] < 0 ? throw new InvalidOperationException("No.") : HandleAsync(group)
        );
        _mayGoOn.Release(1);

        await Should.ThrowAsync<InvalidOperationException>(() => doubling.JoinAsync(-1));
        (await doubling.JoinAsync(1)).ShouldBe(2);
    }

    public void Dispose()
    {
        _begun.Dispose();
        _mayGoOn.Dispose();
    }

    private async Task<IReadOnlyList<int>> HandleAsync(IReadOnlyList<int> group)
    {
        _groups.Enqueue(group);
        _begun.Release();
        await _mayGoOn.WaitAsync();
        return [.. group.Select(number => number * 2)];
    }
}
