using System.Globalization;

namespace Simulator.Checking;

/// <summary>Prints a verdict for a person: a line per rule, then each finding by name.</summary>
internal static class Report
{
    private const int MostFindings = 200;

    public static void Write(Verdict verdict, TextWriter output)
    {
        var width = verdict.Rules.Max(rule => rule.Name.Length);
        Line("rule", "compared", "findings");
        foreach (var rule in verdict.Rules)
        {
            Line(
                rule.Name,
                rule.Compared.ToString(CultureInfo.InvariantCulture),
                rule.Findings.Count.ToString(CultureInfo.InvariantCulture)
            );
        }
        var kinds = Enum.GetValues<FindingKind>()
            .Select(kind => $"{verdict.Findings.Count(finding => finding.Kind == kind)} {Spell(kind)}");
        output.WriteLine();
        output.WriteLine(string.Join(", ", kinds));
        foreach (var finding in verdict.Findings.Take(MostFindings))
            output.WriteLine($"{Spell(finding.Kind)}: {finding.Rule}: {finding.Subject}: {finding.Text}");
        if (verdict.Findings.Count > MostFindings)
            output.WriteLine($"… and {verdict.Findings.Count - MostFindings} more.");
        output.WriteLine(verdict.IsClean ? "Clean." : "Not clean.");

        void Line(string rule, string compared, string findings) =>
            output.WriteLine($"{rule.PadRight(width)}  {compared, 9}  {findings, 8}");
    }

    private static string Spell(FindingKind kind) =>
        kind == FindingKind.OutOfOrder ? "out of order" : kind.ToString().ToLowerInvariant();
}
