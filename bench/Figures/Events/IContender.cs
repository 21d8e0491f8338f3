namespace Figures.Events;

/// <summary>Somebody who delivers events to two listeners, each of which writes a row.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>Stores a sale and its event in one transaction.</summary>
    Task MakeSaleAsync();

    /// <summary>Stores so many events that nobody handles yet.</summary>
    Task StoreBacklogAsync(int events);

    /// <summary>Lets the stored events be handled.</summary>
    Task ReleaseBacklogAsync();

    /// <summary>Returns once every event has had its effects.</summary>
    Task HandledAsync();

    /// <summary>The tables that hold the sales and the effects.</summary>
    (string Sales, IReadOnlyList<string> Effects) Tables { get; }
}
