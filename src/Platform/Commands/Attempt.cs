namespace Platform.Commands;

/// <summary>Which try of a command its scope is for.</summary>
internal sealed class Attempt
{
    /// <summary>Whether nothing speaks against it yet: no other try was lost to somebody else.</summary>
    public bool IsFirst { get; set; }
}
