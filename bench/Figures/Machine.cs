using System.Globalization;

namespace Figures;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const double BusyLoadPerCore = 0.75;

    public static double MemoryMegabytes =>
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024.0);

    /// <summary>What the figures are of, in a sentence.</summary>
    public static string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {MemoryMegabytes:0} MB of memory, load {Load:0.0} at the end{(IsBusy ? ", shared with other work" : "")}."
        );

    /// <summary>Processes that wanted a core, on average over the last minute.</summary>
    public static double Load =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static bool IsBusy => Load > BusyLoadPerCore * Environment.ProcessorCount;
}
