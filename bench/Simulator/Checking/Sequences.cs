namespace Simulator.Checking;

/// <summary>Compares what should have been said with what was.</summary>
internal static class Sequences
{
    /// <summary>Names what is missing and what is too much; if neither is, whether the order differs.</summary>
    public static void Compare(
        IReadOnlyList<string> expected,
        IReadOnlyList<string> actual,
        Action<FindingKind, string> find
    )
    {
        if (expected.SequenceEqual(actual))
            return;
        var complete = true;
        foreach (var type in expected.Concat(actual).Distinct())
        {
            var (wanted, found) = (expected.Count(one => one == type), actual.Count(one => one == type));
            if (found < wanted)
                find(
                    FindingKind.Lost,
                    $"{type} should have been said {wanted} times and was said {found} times."
                );
            if (found > wanted)
            {
                find(
                    wanted == 0 ? FindingKind.Unexpected : FindingKind.Doubled,
                    $"{type} should have been said {wanted} times and was said {found} times."
                );
            }
            complete &= wanted == found;
        }
        if (complete)
        {
            find(
                FindingKind.OutOfOrder,
                $"It was said as {string.Join(", ", actual)}; it happened as {string.Join(", ", expected)}."
            );
        }
    }
}
