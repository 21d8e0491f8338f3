using Host.Settings;
using Platform.Modules;
using Wolverine;

namespace Host.Commands;

/// <summary>What a build consists of.</summary>
/// <param name="Modules">Every module it has, one of each.</param>
/// <param name="ConfigureBus">Where the code is that was generated for their handlers.</param>
internal sealed record Composition(IReadOnlyList<IModule> Modules, Action<WolverineOptions> ConfigureBus)
{
    public IReadOnlyList<string> ModuleNames => [.. Modules.Select(module => module.Define().Name)];
}

/// <summary>Something the program does when it is called with this word. Called with none, it serves.</summary>
/// <param name="Name">The word.</param>
/// <param name="Purpose">What it does, for the list of commands.</param>
/// <param name="Do">Does it; the exit code.</param>
internal sealed record Command(string Name, string Purpose, Func<CommandLine, Composition, Task<int>> Do)
{
    private static readonly string[] Help = ["help", "--help", "-h", "-?", "/?"];

    private static readonly Command[] All =
    [
        new("migrate", "brings the databases to the schema of this build, and ends", Migrating.RunAsync),
        new(
            "await-migrations",
            "waits until 'migrate' has done that, with logins that may not do it, and ends",
            AwaitingMigrations.RunAsync
        ),
        new(
            "streams",
            "shows streams beside what was handled of them, and decides between the two",
            Streams.RunAsync
        ),
        new(
            "copy-database",
            "copies databases to another engine or place while the host is stopped, and compares",
            Copying.RunAsync
        ),
        new("extract", "moves a module to another process while it is used, and back", Extract.RunAsync),
        new("codegen", "'codegen write' generates the code that calls event handlers", Generating.RunAsync),
    ];

    /// <summary>Does what was asked for, or says in one sentence why not.</summary>
    /// <param name="arguments">As typed.</param>
    /// <param name="composition">What this build consists of.</param>
    /// <returns>The exit code: 0 when it was done.</returns>
    public static async Task<int> RunAsync(string[] arguments, Composition composition)
    {
        try
        {
            if (arguments is [var first, ..] && Help.Contains(first, StringComparer.OrdinalIgnoreCase))
            {
                await Console.Out.WriteLineAsync(List());
                return 0;
            }
            var line = CommandLine.Read(arguments);
            if (line.Words is not [var word, ..])
                return await Serving.RunAsync(line, composition);
            if (Array.Find(All, command => command.Name == word) is { } asked)
                return await asked.Do(line, composition);
            await Console.Error.WriteLineAsync($"{word}: there is no such command.\n{List()}");
            return 1;
        }
        catch (Exception exception) when (Refusal.SentenceFor(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    private static string List() =>
        string.Join(
            '\n',
            All.Select(command => $"  {command.Name, -18}{command.Purpose}")
                .Prepend("Without a command the host serves. Its commands:")
                .Append("Settings follow as --key=value.")
        );
}
