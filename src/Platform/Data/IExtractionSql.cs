namespace Platform.Data;

/// <summary>What moving a module's rows takes of an engine's SQL beyond what all of them understand.</summary>
internal interface IExtractionSql
{
    /// <summary>The type of a column for texts of any length.</summary>
    string Text { get; }

    /// <summary>The type of a column for names, which can be a key.</summary>
    string Name { get; }

    string Quote(string name);

    /// <summary>A table by its whole name.</summary>
    string Of(string? schema, string table);

    /// <summary>Ends a query that is ordered with how many of its rows are wanted.</summary>
    string First(int rows);

    /// <summary>Makes a table unless it is there.</summary>
    string CreateTable(string? schema, string table, string columns);

    /// <summary>Removes a table if it is there.</summary>
    string DropTable(string? schema, string table) => $"DROP TABLE IF EXISTS {Of(schema, table)};";

    /// <summary>Whether a table is there: 1 or 0.</summary>
    string HasTable(string? schema, string table);

    /// <summary>An insert that says itself what the engine would number.</summary>
    string Numbered(string? schema, string table, string insert) => insert;

    /// <summary>The highest number that the engine has ever given to a row of a table; 0 when none.</summary>
    string ReadCounter(string? schema, string table, string column);

    /// <summary>Has the engine go on behind a number, which is at least 1.</summary>
    string SetCounter(string? schema, string table, string column, long last);
}
