namespace Platform.Data;

/// <summary>
/// The tables that say where a module is at home. They are of the database that they lie in: who moves the module's
/// data leaves them, and whoever was refused everything else may still write to them.
/// </summary>
internal static class HomeTables
{
    public const string Home = "home";

    public const string Presence = "presence";

    /// <summary>It moves like the module's own, but goes on to be written on both sides.</summary>
    public const string Audit = "audit";

    /// <summary>Whether a table is kept from whoever is not at home.</summary>
    public static bool IsFenced(string table) => table is not (Home or Presence or Audit);

    /// <summary>Whether a table's rows go along when a module moves to another database.</summary>
    public static bool IsMoved(string table) => table is not (Home or Presence);
}
