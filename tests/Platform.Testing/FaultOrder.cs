using System.Diagnostics;

namespace Platform.Testing;

/// <summary>
/// A file that orders a process to end itself at a place between two steps of its work. The first process that comes
/// by and is meant takes the order away, so that it is carried out once.
/// </summary>
internal sealed class FaultOrder(string file)
{
    /// <summary>Names the file to a process, and the process to itself.</summary>
    public const string FileVariable = "MONOLITH_TEST_FAULT";

    /// <inheritdoc cref="FileVariable"/>
    public const string NameVariable = "MONOLITH_TEST_PROCESS";

    private const string Anybody = "*";

    /// <summary>Has a process that is about to be started look for these orders.</summary>
    /// <param name="start">How it will be started.</param>
    /// <param name="name">What orders call the process.</param>
    public void HeededBy(ProcessStartInfo start, string name)
    {
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[FileVariable] = file;
        start.Environment[NameVariable] = name;
    }

    /// <summary>Orders that <paramref name="process"/>, or whoever is first, ends at <paramref name="place"/>.</summary>
    public void Give(string place, string? process)
    {
        var draft = $"{file}.draft";
        File.WriteAllLines(draft, [place, process ?? Anybody]);
        File.Move(draft, file, overwrite: true);
    }

    public void Withdraw() => File.Delete(file);

    /// <summary>Whether the process of this name is to end here.</summary>
    public bool TryTake(string place, string process)
    {
        try
        {
            if (
                !File.Exists(file)
                || File.ReadAllLines(file) is not [var where, var who]
                || where != place
                || who != Anybody && who != process
            )
                return false;
            File.Move(file, $"{file}.taken-by-{Environment.ProcessId}", overwrite: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
