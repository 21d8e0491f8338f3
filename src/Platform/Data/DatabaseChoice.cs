using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.Settings;

namespace Platform.Data;

/// <summary>
/// Where one schema is kept: the engine that configuration names for it, and how to get there. It never shows its
/// connection string, which may hold a password.
/// </summary>
public sealed class DatabaseChoice
{
    private static readonly EventId[] ToldByExceptions =
    [
        CoreEventId.SaveChangesFailed,
        CoreEventId.QueryIterationFailed,
        RelationalEventId.CommandError,
        RelationalEventId.ConnectionError,
        RelationalEventId.TransactionError,
    ];

    private DatabaseChoice(
        DatabaseEngine engine,
        string schema,
        string connection,
        string key,
        string home
    ) => (Engine, Schema, Connection, Key, Home) = (engine, schema, connection, key, home);

    /// <summary>The engine.</summary>
    public DatabaseEngine Engine { get; }

    /// <summary>The schema; on SQLite, which has none, the name of the file.</summary>
    public string Schema { get; }

    /// <summary>The configuration key that decides where the data is.</summary>
    public string Key { get; }

    internal string Connection { get; }

    /// <summary>The home that its sessions are of.</summary>
    internal string Home { get; }

    /// <summary>
    /// Reads <c>{section}:Database:Engine</c> and <c>…:ConnectionString</c>; what is not said there is as
    /// <c>Database:Engine</c> and <c>Database:ConnectionString</c> say, and else SQLite in <c>Database:Directory</c>.
    /// </summary>
    /// <param name="configuration">The process's configuration.</param>
    /// <param name="section">Such as <c>Modules:Orders</c>.</param>
    /// <param name="schema">The schema, such as <c>orders</c>.</param>
    /// <exception cref="SettingRefusedException">A value is wrong or missing.</exception>
    public static DatabaseChoice Read(IConfiguration configuration, string section, string schema)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Read(configuration, section, schema, HomeName.Read(configuration));
    }

    /// <summary>Reads it for sessions of a home that is not this process's.</summary>
    internal static DatabaseChoice Read(
        IConfiguration configuration,
        string section,
        string schema,
        string home
    )
    {
        var shared = EngineAt(configuration, "Database");
        var engine = EngineAt(configuration, $"{section}:Database") ?? shared ?? DatabaseEngine.Sqlite;
        var own = configuration[$"{section}:Database:ConnectionString"];
        if (engine == DatabaseEngine.Sqlite)
        {
            RefuseConnectionString(own, section);
            if ((shared ?? DatabaseEngine.Sqlite) == DatabaseEngine.Sqlite)
                RefuseConnectionString(configuration["Database:ConnectionString"], section: null);
            var directory = configuration["Database:Directory"] ?? new DatabaseOptions().Directory;
            return new DatabaseChoice(
                engine,
                schema,
                Path.Combine(directory, $"{schema}.db"),
                "Database:Directory",
                home
            );
        }
        var key =
            string.IsNullOrWhiteSpace(own) && engine == shared
                ? "Database:ConnectionString"
                : $"{section}:Database:ConnectionString";
        return new DatabaseChoice(
            engine,
            schema,
            Complete(engine, configuration[key], schema, key, home),
            key,
            home
        );
    }

    /// <summary>A place that configuration does not name.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="place">Its connection string; the folder of the file on SQLite.</param>
    /// <param name="schema">The schema, such as <c>orders</c>.</param>
    /// <param name="key">What to call the place in what is said of it.</param>
    /// <param name="home">The home that its sessions are of.</param>
    /// <exception cref="SettingRefusedException">There is no such place.</exception>
    internal static DatabaseChoice At(
        DatabaseEngine engine,
        string? place,
        string schema,
        string key,
        string home
    )
    {
        if (engine != DatabaseEngine.Sqlite)
            return new DatabaseChoice(engine, schema, Complete(engine, place, schema, key, home), key, home);
        if (string.IsNullOrWhiteSpace(place) || place.Contains('=', StringComparison.Ordinal))
            throw new SettingRefusedException(key, "on Sqlite it is the folder that the files are in.");
        return new DatabaseChoice(
            engine,
            schema,
            Path.Combine(Path.GetFullPath(place), $"{schema}.db"),
            key,
            home
        );
    }

    /// <summary>Sets a context up to be kept there, with the migrations of that engine.</summary>
    public void Configure(DbContextOptionsBuilder options)
    {
        ArgumentNullException.ThrowIfNull(options);
        DatabaseEngines.Of(Engine).Configure(options, this);
        options.ReplaceService<IMigrationsAssembly, EngineMigrations>();
        // Who asked is told of each of these by an exception, and decides what it is worth in the log.
        options.ConfigureWarnings(warnings =>
            warnings.Log([.. ToldByExceptions.Select(told => (told, LogLevel.Debug))])
        );
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Schema} on {Engine}";

    private static DatabaseEngine? EngineAt(IConfiguration configuration, string section)
    {
        var text = configuration[$"{section}:Engine"];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        foreach (var engine in Enum.GetValues<DatabaseEngine>())
        {
            if (engine.ToString().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase))
                return engine;
        }
        throw new SettingRefusedException(
            $"{section}:Engine",
            $"'{text}' is not known; use {string.Join(" or ", Enum.GetNames<DatabaseEngine>())}."
        );
    }

    private static void RefuseConnectionString(string? text, string? section)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            throw new SettingRefusedException(
                section is null ? "Database:ConnectionString" : $"{section}:Database:ConnectionString",
                "Sqlite takes no connection string; set Database:Directory, or another engine."
            );
        }
    }

    private static string Complete(DatabaseEngine name, string? text, string schema, string key, string home)
    {
        var engine = DatabaseEngines.Of(name);
        if (string.IsNullOrWhiteSpace(text))
            throw new SettingRefusedException(key, $"{name} needs one, such as '{engine.Example}'.");
        try
        {
            return engine.Complete(text, schema, home);
        }
        catch (ConnectionStringRefusedException refused)
        {
            throw new SettingRefusedException(key, refused.Message);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            throw new SettingRefusedException(
                key,
                $"it cannot be read as a connection string of {name}, such as '{engine.Example}'."
            );
        }
    }
}
