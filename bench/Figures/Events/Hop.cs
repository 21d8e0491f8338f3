namespace Figures.Events;

/// <summary>A broker between the seller and the listeners, and which of the two sides a process is.</summary>
/// <param name="Kind">What <c>Broker:Kind</c> is set to.</param>
/// <param name="Broker">Where it is.</param>
/// <param name="Prefix">What this hop's queues or topics are named with.</param>
/// <param name="IsSeller">Whether the seller is in this process, and the listeners elsewhere.</param>
internal sealed record Hop(string Kind, string Broker, string Prefix, bool IsSeller)
{
    private const string Seller = "Sales";

    public bool IsLocal(string module) => module == Seller == IsSeller;

    public IEnumerable<KeyValuePair<string, string?>> Settings(IEnumerable<string> modules) =>
        modules
            .Where(module => !IsLocal(module))
            .Select(module => KeyValuePair.Create<string, string?>($"Modules:{module}:Placement", "Remote"))
            .Append(new("Broker:Kind", Kind))
            .Append(new("Broker:ConnectionString", Broker))
            .Append(new("Broker:Prefix", Prefix));
}
