using System.Diagnostics;

namespace System.Tests.Running;

/// <summary>What somebody types, run to its end.</summary>
internal static class ShellCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    /// <summary>Runs it, with nothing to read.</summary>
    /// <param name="folder">Where; a script is named as seen from there.</param>
    /// <param name="words">The command and its arguments.</param>
    /// <param name="environment">Variables that it is given beside those of this process.</param>
    /// <returns>Its exit code, and what it wrote: to its error output, then to the other.</returns>
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
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The compiler that the build left running saves each of these builds the start of its own.
        start.Environment["UseSharedCompilation"] = "true";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var late = "";
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            late = "\nIt took too long.";
        }
        return (process.ExitCode, $"{await errors}{await output}{late}");
    }

    /// <summary>Runs what must end well, and says what it wrote.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<string> EndsWellAsync(
        string folder,
        IReadOnlyList<string> words,
        params IReadOnlyList<(string Name, string Value)> environment
    )
    {
        var (exitCode, output) = await RunAsync(folder, words, environment);
        exitCode.ShouldBe(0, $"{string.Join(' ', words)}\n{output}");
        return output;
    }
}
