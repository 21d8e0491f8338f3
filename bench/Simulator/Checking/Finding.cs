namespace Simulator.Checking;

/// <summary>In which way a promise was broken.</summary>
internal enum FindingKind
{
    /// <summary>Acknowledged or said, and not there.</summary>
    Lost,

    /// <summary>There, or counted, more often than it happened.</summary>
    Doubled,

    /// <summary>In another order than it happened in.</summary>
    OutOfOrder,

    /// <summary>There, and nobody asked for it; or a step that no rule allows.</summary>
    Unexpected,

    /// <summary>On its way, and never arrived.</summary>
    Stuck,
}

/// <summary>One broken promise.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">What is wrong with it.</param>
internal sealed record Finding(FindingKind Kind, string Rule, string Subject, string Text);
