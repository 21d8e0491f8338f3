using System.Data.Common;

namespace Platform.Data;

/// <summary>How an engine is told to refuse writes, and to note which rows are changed, by triggers of its own.</summary>
internal interface IFenceSql
{
    /// <summary>What goes before the triggers of a fence: the table <c>fence</c>, and what the triggers call.</summary>
    IReadOnlyList<string> PrepareFence(string? schema);

    /// <summary>Has a table refuse writes of all whom the row of the table <c>fence</c> does not name.</summary>
    IReadOnlyList<string> FenceOff(string? schema, string table, string sentence);

    /// <summary>How many triggers of a fence a table has; null where they are to be made anew in any case.</summary>
    string? IsFencedOff(string? schema, string table) => null;

    /// <summary>How many tables of this name the login may give a trigger; null where anybody may who can open them.</summary>
    string? MayFenceOff(string? schema, string table) => null;

    /// <summary>Takes that away again.</summary>
    IReadOnlyList<string> OpenUp(string? schema, string table);

    /// <summary>What goes after the triggers of a fence.</summary>
    IReadOnlyList<string> ForgetFence(string? schema);

    /// <summary>What goes before the triggers of a capture: the table <c>captured_change</c>, and what they call.</summary>
    IReadOnlyList<string> PrepareCapture(string? schema);

    /// <summary>Has a table note the key of each row that is changed.</summary>
    IReadOnlyList<string> Capture(string? schema, string table, IReadOnlyList<string> key);

    /// <summary>Takes that away again.</summary>
    IReadOnlyList<string> LeaveUncaptured(string? schema, string table);

    /// <summary>What goes after the triggers of a capture.</summary>
    IReadOnlyList<string> ForgetCapture(string? schema);

    /// <summary>Whether a fence refused it.</summary>
    bool IsRefusal(DbException exception);
}
