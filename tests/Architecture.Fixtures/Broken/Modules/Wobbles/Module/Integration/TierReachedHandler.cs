using Mumbles.Contracts;

namespace Wobbles.Integration;

public sealed class TierReachedHandler
{
    public Task Handle(TierReached happened, CancellationToken cancellationToken) => Task.CompletedTask;
}

internal sealed class UnseenHandler
{
    public Task Handle(TierReached happened, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class TwofoldHandler
{
    public Task Handle(TierReached happened) => Task.CompletedTask;

    public Task Handle(TierLost happened) => Task.CompletedTask;
}

public sealed class TierLedger;
