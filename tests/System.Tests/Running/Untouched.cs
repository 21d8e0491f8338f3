namespace System.Tests.Running;

/// <summary>
/// A deployment that must hold the same after all that was thrown at it as before. Each of its processes describes
/// the calls of its own modules, and the first is the one that is called.
/// </summary>
public sealed class Untouched : IAsyncLifetime
{
    private SpreadDeployment _deployment = null!;
    private IReadOnlyDictionary<string, Database> _databases = null!;
    private string _before = "";

    internal HostProcess Host => _deployment.Front;

    internal IReadOnlyList<Operation> Operations { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _deployment = await SpreadDeployment.OnFilesAsync(Placement.Named ?? Placement.AllLocal);
        var described = new List<Operation>();
        foreach (var process in _deployment.Processes)
            described.AddRange(await Operation.ReadAsync(process.Api));
        Operations = [.. described.DistinctBy(one => one.Name)];
        Operations.Count.ShouldBeGreaterThan(40);
        var databases = new Dictionary<string, Database>(StringComparer.Ordinal);
        foreach (var module in (string[])["Orders", "Riders", "Reviews"])
            databases[module] = await _deployment.DatabaseAsync(module);
        _databases = databases;
        _before = Rows();
    }

    internal void ShouldBeAsItWas() => Rows().ShouldBe(_before);

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    private string Rows()
    {
        (string Module, string[] Tables)[] kept =
        [
            ("Orders", ["order", "store", "settlement", "outbox", "idempotency_key", "dead_letter"]),
            ("Riders", ["delivery", "delivery_offer", "earning", "outbox", "dead_letter"]),
            ("Reviews", ["review", "review_eligibility", "store_rating", "outbox", "dead_letter"]),
        ];
        return string.Join(
            '\n',
            from module in kept
            from table in module.Tables
            select $"{module.Module}.{table}: {_databases[module.Module].Count(table)}"
        );
    }
}
