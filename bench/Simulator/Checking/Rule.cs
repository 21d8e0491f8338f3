namespace Simulator.Checking;

/// <summary>
/// Something that must hold between what was acknowledged, what was said and what is stored. A rule counts what it
/// compares: one that compared nothing has shown nothing.
/// </summary>
internal abstract class Rule
{
    private readonly List<Finding> _findings = [];

    public string Name => GetType().Name;

    /// <summary>What holds, in a sentence.</summary>
    public abstract string Promise { get; }

    public int Compared { get; private set; }

    public IReadOnlyList<Finding> Findings => _findings;

    public abstract void Check(Evidence evidence);

    /// <summary>One more thing was compared.</summary>
    protected void Compare() => Compared++;

    /// <summary>One more thing was compared, and found wrong unless the promise holds for it.</summary>
    protected void Compare(bool holds, FindingKind kind, object subject, string otherwise)
    {
        Compared++;
        if (!holds)
            Find(kind, subject, otherwise);
    }

    protected void Find(FindingKind kind, object subject, string text) =>
        _findings.Add(new Finding(kind, Name, $"{subject}", text));
}
