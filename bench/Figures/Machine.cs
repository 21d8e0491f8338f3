using System.Globalization;

namespace Figures;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const double BusyLoadPerCore = 0.75;

    public static double MemoryMegabytes =>
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024.0);

    /// <summary>Processes that wanted a core, on average over the last minute.</summary>
    public static double Load => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    public static bool IsBusy => Load > BusyLoadPerCore * Environment.ProcessorCount;
}
