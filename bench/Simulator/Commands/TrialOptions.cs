using System.CommandLine;

namespace Simulator.Commands;

/// <summary>The options of those commands that mistreat a deployment of their own.</summary>
internal static class TrialOptions
{
    public static readonly Option<int> Seed = new("--seed")
    {
        Description = "Decides what everybody decides, and what happens to whom.",
        DefaultValueFactory = _ => 1,
    };

    public static readonly Option<int> Replicas = new("--replicas")
    {
        Description = "How many replicas the web app has.",
        DefaultValueFactory = _ => 2,
    };

    public static readonly Option<double> Rate = new("--rate")
    {
        Description = "Customers who come each second.",
        DefaultValueFactory = _ => 4,
    };

    public static readonly Option<DirectoryInfo?> Folder = new("--folder")
    {
        Description = "Where logs, ledger and databases go; a new temporary folder if none is given.",
    };

    /// <summary>The folder that was named, or a new one.</summary>
    public static string FolderOf(ParseResult parsed) =>
        Directory
            .CreateDirectory(
                parsed.GetValue(Folder)?.FullName ?? Directory.CreateTempSubdirectory("simulator-").FullName
            )
            .FullName;
}
