namespace Platform.Data;

/// <summary>The database engines that a module, or the host's identity, may run on.</summary>
public enum DatabaseEngine
{
    /// <summary>Embedded, one file per module: the default, so that a clone runs with nothing installed.</summary>
    Sqlite,

    /// <summary>SQL Server 2022 or newer, a schema per module.</summary>
    SqlServer,

    /// <summary>PostgreSQL 15 or newer, a schema per module.</summary>
    PostgreSql,
}
