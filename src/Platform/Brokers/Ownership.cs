namespace Platform.Brokers;

/// <summary>What a process says to have of a module: which stream is its own, and how new a home it is of it.</summary>
/// <param name="Module">The module's stream name.</param>
/// <param name="Identity">Which stream the module's schema publishes.</param>
/// <param name="Epoch">How often the schema was found at another place than before.</param>
/// <param name="Origin">Where it is, if its engine can tell.</param>
internal sealed record Ownership(string Module, Guid Identity, long Epoch, string? Origin)
{
    /// <summary>Why this cannot be had beside what was claimed before; null when it can.</summary>
    public string? RefusalBy(Ownership claimed, string prefix)
    {
        if (claimed.Identity != Identity)
            return $"Broker:Prefix: under '{prefix}' another deployment uses this broker: its {Module} is the stream {claimed.Identity}, "
                + $"and the one here is {Identity}. Give each deployment a prefix of its own; if the other is gone for good, "
                + $"delete the queue '{prefix}.{Module}.owner'.";
        if (claimed.Epoch > Epoch || (claimed.Epoch == Epoch && claimed.Origin != Origin))
            return $"The database of {Module} at {Origin ?? "this place"} is an older copy: a newer home of it, {claimed.Origin}, has written "
                + $"since (epoch {claimed.Epoch}, here {Epoch}). Set Modules:{Module}:Placement to Remote here, or bring the newer "
                + $"database back; if the other is gone for good, delete the queue '{prefix}.{Module}.owner'.";
        return null;
    }

    /// <summary>Whether this takes the place of what was claimed before.</summary>
    public bool IsNewerThan(Ownership claimed) => claimed.Identity == Identity && Epoch > claimed.Epoch;
}
