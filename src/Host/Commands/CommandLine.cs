namespace Host.Commands;

/// <summary>What was typed: words, of which the first names a command, and settings, which every command may take.</summary>
internal sealed record CommandLine(IReadOnlyList<string> Words, string[] Settings)
{
    /// <summary>
    /// Settings are as the configuration reads them: <c>--key=value</c>, <c>--key value</c>, <c>/key=value</c> or
    /// <c>key=value</c>. What is left are words.
    /// </summary>
    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var settings = new List<string>();
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            if (!IsSetting(argument))
            {
                words.Add(argument);
                continue;
            }
            settings.Add(argument);
            if (!argument.Contains('=') && at + 1 < arguments.Count && !IsSetting(arguments[at + 1]))
                settings.Add(arguments[++at]);
        }
        return new CommandLine(words, [.. settings]);
    }

    private static bool IsSetting(string argument) =>
        argument.StartsWith('-') || argument.StartsWith('/') || argument.Contains('=');
}
