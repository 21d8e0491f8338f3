using Simulator.Databases;

namespace Simulator.Crashing;

/// <summary>Where a crash test plays, and what can happen there.</summary>
internal sealed class Scene : IDisposable
{
    /// <summary>The host's own default, which these deployments leave as it is.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    private readonly Action _leave;

    private Scene(IDatabases databases, IReadOnlyList<Disaster> disasters, Action leave) =>
        (Databases, Disasters, _leave) = (databases, disasters, leave);

    public IDatabases Databases { get; }

    public IReadOnlyList<Disaster> Disasters { get; }

    /// <summary>SQLite files on a disk that can be full, where one can be had; otherwise it says why not.</summary>
    public static Scene OnSqlite(string folder, int megabytes, TextWriter output)
    {
        var data = Path.Combine(folder, "data");
        Directory.CreateDirectory(data);
        List<Disaster> disasters = [new KillReplica(), new FreezeReplica(Lease)];
        var disk = SmallDisk.TryMount(data, megabytes, out var refusal);
        if (disk is not null)
            disasters.Insert(1, new FillDisk(disk));
        else
            output.WriteLine($"The disk will not be full. {refusal}");
        return new Scene(new SqliteDatabases(data), disasters, Leave);

        void Leave()
        {
            if (disk is null)
                return;
            CopyFiles(data, Directory.CreateDirectory(Path.Combine(folder, "databases")).FullName);
            disk.Dispose();
        }
    }

    /// <summary>Ends it; what was on a disk in memory is kept in the folder <c>databases</c>.</summary>
    public void Dispose() => _leave();

    private static void CopyFiles(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
