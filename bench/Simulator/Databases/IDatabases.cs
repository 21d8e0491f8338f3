namespace Simulator.Databases;

/// <summary>The databases of a deployment's modules, as the checker reads them: beside the hosts, by plain SQL.</summary>
internal interface IDatabases
{
    /// <summary>What a host must be told to store in them.</summary>
    IReadOnlyList<string> HostArguments { get; }

    /// <summary>Reads a whole table.</summary>
    /// <param name="module"><c>orders</c>, <c>riders</c> or <c>reviews</c>.</param>
    /// <param name="table">The table.</param>
    /// <param name="stop">Gives up.</param>
    Task<IReadOnlyList<Row>> ReadAsync(string module, string table, CancellationToken stop);

    /// <summary>Counts rows; <paramref name="where"/> quotes its columns.</summary>
    Task<long> CountAsync(string module, string table, string where, CancellationToken stop);
}
