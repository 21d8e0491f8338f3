using Simulator.Ledgers;

namespace Simulator.Calls;

/// <summary>What all people of a simulation reach the deployment by, and the ledger that they all write in.</summary>
internal sealed class Connection : IDisposable
{
    /// <param name="addresses">The replicas.</param>
    /// <param name="answerWithin">How long people wait for an answer before they try again elsewhere.</param>
    /// <param name="ledger">Where every deed is written.</param>
    /// <param name="clock">Dates the deeds and paces the people.</param>
    /// <param name="timings">Where it is noted how every attempt went; null when nobody asks.</param>
    public Connection(
        Addresses addresses,
        TimeSpan answerWithin,
        Ledger ledger,
        TimeProvider clock,
        Timings? timings = null
    )
    {
        (Addresses, Ledger, Clock, Timings) = (addresses, ledger, clock, timings);
        Http = new HttpClient(
            new SocketsHttpHandler { ConnectTimeout = answerWithin, MaxConnectionsPerServer = 256 }
        )
        {
            Timeout = answerWithin,
        };
    }

    public Addresses Addresses { get; }

    public Ledger Ledger { get; }

    public TimeProvider Clock { get; }

    public Timings? Timings { get; }

    public HttpClient Http { get; }

    public void Dispose() => Http.Dispose();
}
