namespace Platform.Testing;

/// <summary>Says that a test cannot run here. The test framework knows it by the beginning of its message.</summary>
public sealed class SkipTestException(string reason) : Exception($"$XunitDynamicSkip${reason}")
{
    /// <summary>Skips a test for a reason, if there is one: a developer's own machine may lack a server, CI may not.</summary>
    /// <exception cref="InvalidOperationException">This is CI.</exception>
    public static void ThrowIf(string? reason)
    {
        if (reason is null)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(reason);
        throw new SkipTestException(reason);
    }
}
