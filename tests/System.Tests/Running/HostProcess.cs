using System.Diagnostics;
using System.Text.RegularExpressions;

namespace System.Tests.Running;

/// <summary>The built host as its own process, as anybody runs it, on a free port and a folder of the test's.</summary>
internal sealed partial class HostProcess : ListeningProcess
{
    private HostProcess(string folder, ProcessStartInfo start, string issuer)
        : base(start, Listening()) => (Folder, Tokens) = (folder, new Tokens(folder, issuer));

    public string Folder { get; }

    public Tokens Tokens { get; }

    /// <summary>Starts the built host and waits until it listens.</summary>
    public static Task<HostProcess> StartAsync(string folder, params IReadOnlyList<string> arguments) =>
        LaunchAsync(folder, folder, [Repository.HostAssembly, .. arguments]);

    /// <summary>Starts another host than the product's and waits until it listens.</summary>
    public static Task<HostProcess> StartOtherAsync(
        string assembly,
        string folder,
        params IReadOnlyList<string> arguments
    ) => LaunchAsync(folder, folder, [assembly, .. arguments]);

    /// <summary>Starts the built host with environment variables alone, as a container has them.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">All that it is told.</param>
    /// <param name="issuer">How the issuer whose tokens it takes names itself.</param>
    public static Task<HostProcess> StartAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string issuer = Tokens.Development
    ) => LaunchAsync(folder, folder, [Repository.HostAssembly], environment, issuer);

    /// <summary>Starts the built host on what others may share with it.</summary>
    public static Task<HostProcess> StartAsync(
        Deployment deployment,
        params IReadOnlyList<string> arguments
    ) => StartAsync(deployment.Folder, [.. deployment.Arguments, .. arguments]);

    /// <summary>Starts it with a command of the README, such as <c>dotnet run …</c>, at the repository's root.</summary>
    public static Task<HostProcess> RunAsync(string command, string folder) =>
        LaunchAsync(folder, Repository.Root, [.. command.Split(' ').Skip(1), "--"]);

    /// <summary>Waits until every part of it can do its work.</summary>
    public Task IsReadyAsync() =>
        Eventually.HoldsAsync(
            async () => (string)(await Api.GetAsync("/health/ready")).Json["status"]! == "Healthy",
            "everything is ready"
        );

    /// <summary>Pauses or resumes a module, as an operator does.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="act"><c>pause</c> or <c>resume</c>.</param>
    public Task<Answer> ActAsync(string module, string act) =>
        Api.PostAsync($"/api/ops/modules/{module}/{act}", Tokens.Operator());

    private static async Task<HostProcess> LaunchAsync(
        string folder,
        string workingFolder,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string issuer = Tokens.Development
    )
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = workingFolder };
        if (environment is null)
        {
            if (!arguments.Any(argument => argument.StartsWith("--urls=", StringComparison.Ordinal)))
                start.ArgumentList.Add("--urls=http://127.0.0.1:0");
            start.ArgumentList.Add($"--Database:Directory={folder}");
            start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
            start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        }
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var host = new HostProcess(folder, start, issuer);
        await host.ListensAsync();
        return host;
    }

    [GeneratedRegex("Now listening on: (?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
