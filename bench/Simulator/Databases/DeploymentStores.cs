namespace Simulator.Databases;

/// <summary>The databases of a deployment's modules, each on the engine that its deployment gave it.</summary>
internal sealed class DeploymentStores(params IReadOnlyList<ModuleStore> stores)
{
    /// <summary>The modules that rules know.</summary>
    public static readonly IReadOnlyList<string> Modules = ["orders", "riders", "reviews"];

    private static readonly (string Module, string Stream)[] Followed =
    [
        ("orders", "riders"),
        ("orders", "reviews"),
        ("riders", "orders"),
        ("reviews", "orders"),
    ];

    /// <summary>All that there are here.</summary>
    public IReadOnlyList<string> All { get; } = [.. stores.Select(store => store.Module)];

    /// <summary>What each module follows; one that no rule knows follows all that rules know.</summary>
    public IReadOnlyList<(string Module, string Stream)> Subscriptions { get; } =
    [
        .. Followed,
        .. stores
            .Select(store => store.Module)
            .Except(Modules, StringComparer.Ordinal)
            .SelectMany(further => Modules.Select(stream => (further, stream))),
    ];

    /// <summary>What a host must be told to store in them.</summary>
    public IReadOnlyList<string> HostArguments { get; } =
    [.. stores.SelectMany(store => store.HostArguments).Distinct()];

    public ModuleStore Of(string module) => stores.Single(store => store.Module == module);

    /// <summary>Every module a file in one folder.</summary>
    public static DeploymentStores OnSqlite(string folder) =>
        new([.. Modules.Select(module => new SqliteStore(module, folder))]);

    /// <summary>Every module a schema in one database.</summary>
    public static DeploymentStores OnPostgreSql(string connectionString) =>
        new([.. Modules.Select(module => new PostgreSqlStore(module, connectionString))]);

    /// <summary>Every module a schema in a database of its own.</summary>
    /// <param name="createAsync">Makes an empty database and tells where it is.</param>
    public static async Task<DeploymentStores> OnPostgreSqlAsync(Func<Task<string>> createAsync)
    {
        var stores = new List<ModuleStore>();
        foreach (var module in Modules)
            stores.Add(new PostgreSqlStore(module, await createAsync()));
        return new DeploymentStores(stores);
    }

    /// <summary>Modules with a connection string of their own are on PostgreSQL, the others on SQLite.</summary>
    /// <param name="folder">The folder of the SQLite files.</param>
    /// <param name="connections">
    /// <c>orders=Host=…</c> for one module, or a connection string for all that have none of their own.
    /// </param>
    public static DeploymentStores Read(string? folder, IReadOnlyList<string> connections) =>
        Read(folder, connections, Modules);

    /// <summary>The same of a host that has other modules.</summary>
    public static DeploymentStores Read(
        string? folder,
        IReadOnlyList<string> connections,
        IReadOnlyList<string> modules
    ) => new([.. modules.Select(module => Read(module, folder, connections))]);

    private static ModuleStore Read(string module, string? folder, IReadOnlyList<string> connections)
    {
        var own = connections.FirstOrDefault(one =>
            one.StartsWith($"{module}=", StringComparison.OrdinalIgnoreCase)
        );
        if (own is not null)
            return new PostgreSqlStore(module, own[(module.Length + 1)..]);
        var shared = connections.FirstOrDefault(one =>
            !Modules.Any(name => one.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase))
        );
        return shared is not null ? new PostgreSqlStore(module, shared)
            : folder is not null ? new SqliteStore(module, folder)
            : throw new InvalidOperationException(
                $"Nothing says where {module} is: give --directory or --connection."
            );
    }
}
