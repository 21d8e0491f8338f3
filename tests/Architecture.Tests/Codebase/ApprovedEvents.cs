namespace Architecture.Tests.Codebase;

/// <summary>
/// What listeners were promised: <c>events.approved.txt</c> beside the contracts, an alias per block and a
/// member per line. It is reviewed like code, so nobody breaks a listener by accident.
/// </summary>
internal static class ApprovedEvents
{
    public const string FileName = "events.approved.txt";

    public static IReadOnlyList<EventContract> Of(Project contracts)
    {
        var file = Path.Combine(contracts.Folder, FileName);
        return File.Exists(file) ? [.. Blocks(File.ReadAllLines(file))] : [];
    }

    private static IEnumerable<EventContract> Blocks(IEnumerable<string> lines)
    {
        var name = "";
        Dictionary<string, string> members = [];
        foreach (var line in lines.Where(line => line.Trim() is not "" and not ['#', ..]))
        {
            if (char.IsWhiteSpace(line[0]))
            {
                var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
                members[parts[0]] = parts.ElementAtOrDefault(1) ?? "";
                continue;
            }
            if (name.Length > 0)
                yield return new EventContract(name, members);
            (name, members) = (line.Trim(), []);
        }
        if (name.Length > 0)
            yield return new EventContract(name, members);
    }
}
