namespace System.Tests.Running;

/// <summary>
/// A module that was lifted into a repository of its own, cloned to where nobody has built it before. It comes from a
/// clone of this repository, thus from what is committed: packing builds anew, and other tests run what is built here.
/// </summary>
internal sealed class LiftedModule : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.Sqlite);
    private readonly string _module;

    private LiftedModule(string module) => _module = module;

    /// <summary>What <c>scripts/lift</c> made.</summary>
    public string Lifted => Path.Combine(_folder.Path, "lifted");

    /// <summary>What somebody cloned of it, with the feed beside.</summary>
    public string Clone => Path.Combine(_folder.Path, _module.ToLowerInvariant());

    /// <summary>The host that was built of the clone.</summary>
    public string HostAssembly =>
        Path.Combine(Clone, "src", "Host", "bin", "Debug", "net10.0", $"{_module}.Host.dll");

    /// <summary>Packs, lifts and clones, by the commands of the guide.</summary>
    public static async Task<LiftedModule> OfAsync(string module)
    {
        var lifted = new LiftedModule(module);
        try
        {
            var (feed, origin) = (
                Path.Combine(lifted._folder.Path, "feed"),
                Path.Combine(lifted._folder.Path, "monolith")
            );
            await lifted.RunAsync(lifted._folder.Path, "git", "clone", "--quiet", Repository.Root, origin);
            await lifted.RunAsync(origin, "scripts/pack", feed, "test");
            await lifted.RunAsync(origin, "scripts/lift", module, lifted.Lifted, "--feed", feed);
            await lifted.RunAsync(
                lifted._folder.Path,
                "git",
                "clone",
                "--quiet",
                lifted.Lifted,
                lifted.Clone
            );
            return lifted;
        }
        catch
        {
            lifted.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command to its end and returns what it wrote; one that fails fails the test.</summary>
    public Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        // Packages of this run must neither stay on the machine nor come from an earlier one.
        var packages =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                ".nuget",
                "packages"
            );
        return ShellCommand.EndsWellAsync(
            folder,
            [command, .. arguments],
            ("NUGET_PACKAGES", Path.Combine(_folder.Path, "packages")),
            ("NUGET_FALLBACK_PACKAGES", packages)
        );
    }

    public void Dispose() => _folder.Dispose();
}
