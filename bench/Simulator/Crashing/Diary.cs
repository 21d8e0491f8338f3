using System.Globalization;

namespace Simulator.Crashing;

/// <summary>What was done to the deployment, and when, for the person who reads the verdict.</summary>
internal sealed class Diary(TextWriter output, TimeProvider clock)
{
    private readonly long _began = clock.GetTimestamp();
    private readonly List<string> _entries = [];

    public IReadOnlyList<string> Entries => _entries;

    public TimeProvider Clock => clock;

    public void Write(string what)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{clock.GetElapsedTime(_began).TotalSeconds, 7:0.0} s  {what}"
        );
        lock (_entries)
        {
            _entries.Add(line);
            output.WriteLine(line);
        }
    }
}
