using System.Globalization;
using System.Security.Claims;

namespace Host.Identity;

/// <summary>
/// Sessions of an external issuer's people, who have no account here and no database: a file each in the data folder,
/// which replicas share as they do the keys of the cookies. It says when the session ends at the latest.
/// </summary>
internal sealed class SessionFiles(string folder, TimeProvider clock) : ISessions
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromHours(1);

    private long _nextSweep;

    public async Task BeginAsync(
        Guid session,
        ClaimsPrincipal person,
        DateTimeOffset ends,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(folder);
        Sweep();
        var seconds = ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(PathOf(session), seconds, cancellationToken);
    }

    public async Task<bool> GoesOnAsync(
        Guid session,
        ClaimsPrincipal person,
        CancellationToken cancellationToken
    ) => clock.GetUtcNow().ToUnixTimeSeconds() < await EndOfAsync(PathOf(session), cancellationToken);

    public Task EndAsync(Guid session, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
            File.Delete(PathOf(session));
        return Task.CompletedTask;
    }

    /// <summary>Now and then, by whoever begins a session, files of those that are over are deleted.</summary>
    private void Sweep()
    {
        var now = clock.GetUtcNow();
        var due = Volatile.Read(ref _nextSweep);
        if (
            now.UtcTicks < due
            || Interlocked.CompareExchange(ref _nextSweep, (now + BetweenSweeps).UtcTicks, due) != due
        )
            return;
        var oldest = (now - Pages.Session.Longest).UtcDateTime;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (File.GetLastWriteTimeUtc(file) < oldest)
                File.Delete(file);
        }
    }

    private static async Task<long> EndOfAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return long.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private string PathOf(Guid session) => Path.Combine(folder, session.ToString("N"));
}
