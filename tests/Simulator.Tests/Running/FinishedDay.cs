using Simulator.Databases;

[assembly: AssemblyFixture(typeof(Simulator.Tests.Running.FinishedDay))]

namespace Simulator.Tests.Running;

/// <summary>
/// A day of traffic against a real host, at rest and stopped: what every test takes a copy of, to spoil it and see
/// whether the checker notices.
/// </summary>
public sealed class FinishedDay : IAsyncLifetime
{
    internal const int Orders = ShortDay.Orders;

    private readonly DataFolder _folder = new();

    internal bool Closed { get; private set; }

    internal string? LeftOver { get; private set; }

    internal int Visits { get; private set; }

    private string Data => Directory.CreateDirectory(Path.Combine(_folder.Path, "data")).FullName;

    private string LedgerFile => ShortDay.LedgerFile(_folder.Path);

    public async ValueTask InitializeAsync()
    {
        var day = await ShortDay.PassAsync(
            _folder.Path,
            DeploymentStores.OnSqlite(Data),
            spread: null,
            CancellationToken.None
        );
        (Closed, LeftOver, Visits) = (day.Closed, day.LeftOver, day.Visits);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The day once more, to be spoilt.</summary>
    internal Day Copy()
    {
        var folder = new DataFolder();
        foreach (var file in Directory.EnumerateFiles(Data).Append(LedgerFile))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        return new Day(folder);
    }
}
