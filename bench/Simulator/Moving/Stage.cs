using Simulator.Calls;
using Simulator.Crashing;
using Simulator.Databases;
using Simulator.Deployments;

namespace Simulator.Moving;

/// <summary>A deployment whose modules can move, as the operator who moves them has it before them.</summary>
internal sealed class Stage(
    Deployment deployment,
    Spread spread,
    DeploymentStores databases,
    string token,
    Diary diary
) : IDisposable
{
    private const string Status = "--status";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly List<Outage> _outages = [];

    public Deployment Deployment => deployment;

    public Diary Diary => diary;

    public DateTimeOffset Now => diary.Clock.GetUtcNow();

    /// <summary>The name of the home where modules begin.</summary>
    public const string Web = Spread.HomeOfAll;

    /// <summary>Whether the modules take their data along, to databases of their own.</summary>
    public bool TakesData => spread.Databases.Count > 0;

    public static string NameOf(string module) => Spread.NameOf(module);

    /// <summary>Where a module is sent to for it to be at home there.</summary>
    public Uri AddressOf(string home, string module) =>
        home == Web ? Asked.Address : spread.AddressOf(module);

    /// <summary>The process of a module's own.</summary>
    public Replica ProcessOf(string module) => deployment.Elsewhere.Single(one => one.Name == module);

    /// <summary>The replica that an operator asks: the first that serves.</summary>
    public Replica Asked =>
        deployment.Replicas.FirstOrDefault(one => one is { IsRunning: true, IsFrozen: false })
        ?? deployment.Replicas[0];

    public OperatorCommand Command(string module, string verb) =>
        OperatorCommand.Start(
            token,
            module,
            Asked.Address,
            deployment.Faults,
            verb,
            verb == Status ? [] : DatabasesOf(module)
        );

    /// <summary>Both databases of a module that takes its data along, by logins that own the tables.</summary>
    private IEnumerable<string> DatabasesOf(string module) =>
        spread.Databases.TryGetValue(module, out var own)
            ? [.. databases.HostArguments, $"--database={own}", "--database-engine=PostgreSql"]
            : [];

    /// <summary>Runs the command to its end.</summary>
    public async Task<OperatorCommand.Answer> RunAsync(string module, string verb, CancellationToken stop)
    {
        await using var command = Command(module, verb);
        return await command.EndAsync(stop);
    }

    /// <summary>Where the module is at home, by <c>--status</c>; asked again while nobody answers.</summary>
    public async Task<OperatorCommand.Answer> StatusAsync(string module, CancellationToken stop)
    {
        var since = diary.Clock.GetTimestamp();
        while (true)
        {
            var answer = await RunAsync(module, Status, stop);
            if (answer.ExitCode == OperatorCommand.Done || diary.Clock.GetElapsedTime(since) > Patience)
                return answer;
            await Task.Delay(BetweenLooks, diary.Clock, stop);
        }
    }

    /// <summary>Whether a move of the module is under way, by its own row.</summary>
    public async Task<bool> IsMovingAsync(string module, CancellationToken stop) =>
        await databases.Of(module.ToLowerInvariant()).CountAsync("home", "\"State\" <> 'Settled'", stop) > 0;

    /// <summary>When the module's home was written to since then, by its own audit trail.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> StepsAsync(
        string module,
        DateTimeOffset since,
        CancellationToken stop
    ) =>
        [
            .. (await databases.Of(module.ToLowerInvariant()).ReadAsync("audit", stop))
                .Where(row => row.Text("Act") == "move")
                .Select(row => row.Instant("At"))
                .Where(at => at >= since)
                .Order(),
        ];

    /// <summary>Waits until every process says that it is ready.</summary>
    public async Task ReadyAsync(CancellationToken stop)
    {
        foreach (var process in deployment.Processes)
            await ReadyAsync(process, stop);
    }

    /// <exception cref="InvalidOperationException">It does not become ready.</exception>
    public async Task ReadyAsync(Replica process, CancellationToken stop)
    {
        var since = diary.Clock.GetTimestamp();
        while (!await IsReadyAsync(process, stop))
        {
            if (diary.Clock.GetElapsedTime(since) > Patience)
                throw new InvalidOperationException($"{process.Name} does not become ready; see its log.");
            await Task.Delay(BetweenLooks, diary.Clock, stop);
        }
    }

    /// <summary>Notes that people cannot be served by a process from here on.</summary>
    public Outage Down(Replica process, DateTimeOffset? since = null) =>
        Note(
            deployment.Replicas.Contains(process)
                ? new Outage(process.Address, module: null, since ?? Now)
                : new Outage(replica: null, process.Name, since ?? Now)
        );

    public Outage DatabasesDown() => Note(Outage.OfTheDatabases(Now));

    /// <summary>Whether a disaster can be why the call was not served.</summary>
    public bool Explains(Timing call) => _outages.Exists(outage => outage.Explains(call));

    public void Dispose() => _http.Dispose();

    private Outage Note(Outage outage)
    {
        _outages.Add(outage);
        return outage;
    }

    private async Task<bool> IsReadyAsync(Replica process, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(process.Address, "/health/ready"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
