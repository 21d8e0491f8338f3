namespace Platform.Data;

/// <summary>
/// Does in one go what several ask for at the same time. Who comes while as many groups are under way as may be joins
/// the next, and what is done for a group begins after all of its members have come; who comes alone does not wait.
/// </summary>
/// <typeparam name="TItem">What each asks for.</typeparam>
/// <typeparam name="TResult">What each gets.</typeparam>
/// <param name="largest">The most members of a group, at least 1.</param>
/// <param name="atOnce">How many groups may be under way, at least 1.</param>
/// <param name="handle">Does it, and tells each member's result in the group's order. What it throws, all get.</param>
public sealed class Grouping<TItem, TResult>(
    int largest,
    int atOnce,
    Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> handle
)
{
    private readonly Lock _lock = new();
    private readonly Queue<Member> _waiting = new();
    private int _underWay;

    /// <summary>Joins the next group, and returns when it has been handled.</summary>
    public Task<TResult> JoinAsync(TItem item)
    {
        var member = new Member(item);
        lock (_lock)
        {
            _waiting.Enqueue(member);
            if (_underWay == atOnce)
                return member.Task;
            _underWay++;
        }
        // A group is nobody's in particular: it must not run in the trace of whoever came first.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(HandleAllAsync);
        return member.Task;
    }

    private async Task HandleAllAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                var results = await handle([.. group.Select(member => member.Item)]);
                for (var index = 0; index < group.Count; index++)
                    group[index].SetResult(results[index]);
            }
            catch (Exception failure)
            {
                foreach (var member in group)
                    member.TrySetException(failure);
            }
        }
    }

    private List<Member> Next()
    {
        lock (_lock)
        {
            var group = new List<Member>(Math.Min(largest, _waiting.Count));
            while (group.Count < largest && _waiting.TryDequeue(out var member))
                group.Add(member);
            if (group.Count == 0)
                _underWay--;
            return group;
        }
    }

    private sealed class Member(TItem item)
        : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TItem Item => item;
    }
}
