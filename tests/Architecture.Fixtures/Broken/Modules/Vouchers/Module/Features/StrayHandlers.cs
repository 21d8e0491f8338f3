using Loyalty.Contracts;

namespace Vouchers.Features;

internal sealed class TierWatcher
{
    public Task Handle(TierReached happened) => Task.CompletedTask;
}
