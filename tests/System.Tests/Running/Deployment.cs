namespace System.Tests.Running;

/// <summary>Which module keeps its data on which engine.</summary>
public enum Engines
{
    /// <summary>All on SQLite, as a clone runs.</summary>
    Sqlite,

    /// <summary>All in one PostgreSQL database, the accounts as well.</summary>
    PostgreSql,

    /// <summary>Orders and Reviews on PostgreSQL, in a database each; Riders and the accounts on SQLite.</summary>
    Mixed,
}

/// <summary>What any number of host processes share: a folder, and databases where engines have a server.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.Sqlite);
    private readonly Dictionary<string, string> _servers = new(StringComparer.Ordinal);
    private readonly List<string> _arguments = [];

    private Deployment() { }

    public string Folder => _folder.Path;

    /// <summary>How a host is told where the data is.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    public static async Task<Deployment> OnAsync(Engines engines)
    {
        var deployment = new Deployment();
        if (engines == Engines.PostgreSql)
        {
            var database = await TestDatabases.CreateAsync(TestEngine.PostgreSql);
            deployment.Use(database!, "Database", "orders", "riders", "reviews", "identity");
        }
        else if (engines == Engines.Mixed)
        {
            foreach (var module in new[] { "Orders", "Reviews" })
            {
                var database = await TestDatabases.CreateAsync(TestEngine.PostgreSql);
                deployment.Use(database!, $"Modules:{module}:Database", module.ToLowerInvariant());
            }
        }
        return deployment;
    }

    /// <summary>The database of a module, or of the accounts.</summary>
    public Database Of(string schema) =>
        _servers.TryGetValue(schema, out var server)
            ? Database.OnPostgreSql(server, schema)
            : new Database(Folder, schema);

    public void Dispose() => _folder.Dispose();

    private void Use(string connectionString, string section, params IEnumerable<string> schemas)
    {
        _arguments.Add($"--{section}:Engine=PostgreSql");
        _arguments.Add($"--{section}:ConnectionString={connectionString}");
        foreach (var schema in schemas)
            _servers[schema] = connectionString;
    }
}
