using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Testing;
using Simulator.Deployments;

namespace Simulator.Moving;

/// <summary>The command by which an operator moves a module, as a process of its own that can be killed.</summary>
internal sealed class OperatorCommand : IAsyncDisposable
{
    public const int Done = 0;

    /// <summary>Nobody answered, or not as the web app does.</summary>
    public const int CouldNotAsk = 1;

    /// <summary>It was refused, or given up with nothing changed.</summary>
    public const int Refused = 2;

    /// <summary>What orders to end somewhere call it.</summary>
    public const string Name = "extract";

    /// <summary>A move that has not ended by then does not end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private OperatorCommand(Process process, string line)
    {
        (_process, Line) = (process, line);
        (_output, _errors) = (
            process.StandardOutput.ReadToEndAsync(),
            process.StandardError.ReadToEndAsync()
        );
    }

    /// <summary>What was typed.</summary>
    public string Line { get; }

    /// <param name="token">An operator's.</param>
    /// <param name="module">The module to move.</param>
    /// <param name="web">The replica that is asked.</param>
    /// <param name="faults">Orders that it heeds.</param>
    /// <param name="verb">Such as <c>--undo</c>.</param>
    /// <param name="databases">Where the module's data is and goes to, which nobody is told; empty when it stays.</param>
    public static OperatorCommand Start(
        string token,
        string module,
        Uri web,
        FaultOrder faults,
        string verb,
        IEnumerable<string> databases
    )
    {
        string[] typed =
        [
            "extract",
            module.ToLowerInvariant(),
            $"--web={web.GetLeftPart(UriPartial.Authority)}",
            verb,
        ];
        var start = new ProcessStartInfo("dotnet", [HostAssembly.Path, .. typed, .. databases, "--json"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MONOLITH_OPERATOR_TOKEN"] = token },
        };
        faults.HeededBy(start, Name);
        return new OperatorCommand(Process.Start(start)!, string.Join(' ', typed));
    }

    /// <summary>Waits for its end; one that takes too long is killed.</summary>
    public async Task<Answer> EndAsync(CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Patience);
        await _process.WaitForExitAsync(enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        Kill();
        await _process.WaitForExitAsync(stop);
        var (output, errors) = (await _output, await _errors);
        return new Answer(Line, _process.ExitCode, Parse(output), errors.Trim());
    }

    /// <summary><c>kill -9</c>; nothing happens when it has ended.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>A command that was killed may have written none, or half of one.</summary>
    private static JsonNode? Parse(string output)
    {
        try
        {
            return output.Length > 0 ? JsonNode.Parse(output) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the command ended with.</summary>
    /// <param name="Line">What was typed.</param>
    /// <param name="ExitCode">One of <see cref="Done"/>, <see cref="CouldNotAsk"/>, <see cref="Refused"/>, or a signal's.</param>
    /// <param name="Document">What it printed.</param>
    /// <param name="Errors">What it complained of.</param>
    internal sealed record Answer(string Line, int ExitCode, JsonNode? Document, string Errors)
    {
        /// <summary>A member of the document; null when it says nothing of it.</summary>
        public string? Says(string member) => (string?)Document?[member];

        /// <summary>How many calls were held while data went over, and for how long at the most 99 of 100 of them.</summary>
        public (int Calls, TimeSpan For) Held =>
            Document?["held"] is { } held
                ? ((int)held["calls"]!, TimeSpan.FromMilliseconds((double)held["milliseconds"]!))
                : default;

        public override string ToString() =>
            $"{Line}: exit code {ExitCode}{(Errors.Length > 0 ? $", {Errors}" : "")}{(Says("trouble") is { } trouble ? $", {trouble}" : "")}";
    }
}
