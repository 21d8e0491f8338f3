using Mumbles.Contracts;

namespace Wobbles.Features;

internal sealed class TierWatcher
{
    public Task Handle(TierReached happened) => Task.CompletedTask;
}
