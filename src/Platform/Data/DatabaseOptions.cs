namespace Platform.Data;

/// <summary>Where modules keep their data. Bound from the section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The folder of the SQLite files, one per module.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>Whether migrations are applied at start; unset means in Development only.</summary>
    public bool? Migrate { get; set; }
}
