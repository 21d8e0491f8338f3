using System.Diagnostics;

namespace System.Tests.Running;

/// <summary>What somebody types, run to its end.</summary>
internal static class ShellCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Runs it.</summary>
    /// <param name="folder">Where; a script is named as seen from there.</param>
    /// <param name="words">The command and its arguments.</param>
    /// <param name="environment">Variables that it is given beside those of this process.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder,
        IReadOnlyList<string> words,
        params IReadOnlyList<(string Name, string Value)> environment
    )
    {
        var script = Path.Combine(folder, words[0]);
        var start = new ProcessStartInfo(File.Exists(script) ? script : words[0], words.Skip(1))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The compiler that the build left running saves each of these builds the start of its own.
        start.Environment["UseSharedCompilation"] = "true";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        return (process.ExitCode, await output + await errors);
    }
}
