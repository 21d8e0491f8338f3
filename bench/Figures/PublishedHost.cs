using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Figures;

/// <summary>
/// The host as it is deployed: Release, compiled ahead of time, handlers generated. It is built beside the working
/// tree's own output and lock files, which stay as they are.
/// </summary>
internal sealed class PublishedHost(string folder)
{
    public string Folder { get; } = folder;

    /// <summary>What it is started with beside what a measurement needs, such as <c>--Streams:BatchSize=50</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Publishes the host; with <paramref name="again"/> false, only when that was never done.</summary>
    public static async Task<PublishedHost> PublishAsync(bool again)
    {
        var root = Repository.Root;
        var artifacts = Path.Combine(root, "artifacts", "bench");
        var output = Path.Combine(artifacts, "host");
        if (!again && File.Exists(Path.Combine(output, "Host.dll")))
            return new PublishedHost(output);
        using var publishing = Process.Start(
            "dotnet",
            [
                "publish",
                Path.Combine(root, "src", "Host"),
                "--configuration",
                "Release",
                "--runtime",
                RuntimeInformation.RuntimeIdentifier,
                "--self-contained",
                "false",
                "--artifacts-path",
                artifacts,
                "--output",
                output,
                "--nologo",
                "--verbosity",
                "quiet",
                "-p:RunAnalyzers=false",
            ]
        );
        await publishing.WaitForExitAsync();
        return publishing.ExitCode == 0
            ? new PublishedHost(output)
            : throw new InvalidOperationException("The host could not be published.");
    }
}
