using System.Diagnostics;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Contracts;

/// <summary>
/// The parser that AsyncAPI itself maintains, in <c>tests/AsyncApi</c>. It wants Node.js, which a developer's machine
/// may lack and CI must have.
/// </summary>
internal static class AsyncApiParser
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "AsyncApi");
    private static readonly Lazy<Task<string?>> Installed = new(InstallAsync);

    /// <summary>What is wrong with a document; empty when nothing is.</summary>
    public static async Task<string> ComplaintsOfAsync(string document)
    {
        if (await Installed.Value is { } missing)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
            Assert.Fail(missing);
        }
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}.json");
        await File.WriteAllTextAsync(file, document);
        try
        {
            var (code, said) = await RunAsync("node", "validate.mjs", file);
            (code == 0).ShouldBe(said.Length == 0, said);
            return said.Replace($"{file} ", "", StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Why it cannot be had; null when it can. What was installed for this lock file is taken as it is.</summary>
    private static async Task<string?> InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
            return null;
        try
        {
            var (code, said) = await RunAsync(
                "npm",
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error"
            );
            return code == 0 ? null : $"'npm ci' in tests/AsyncApi failed: {said}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Node.js and npm are not installed, with which AsyncAPI documents are validated.";
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (output + await errors).Trim());
    }
}
