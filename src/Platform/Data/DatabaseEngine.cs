namespace Platform.Data;

/// <summary>The database engines a module may run on.</summary>
public enum DatabaseEngine
{
    /// <summary>Embedded, one file per module: the default, so that a clone runs with nothing installed.</summary>
    Sqlite,
}
