using Microsoft.EntityFrameworkCore;
using Mumbles.Contracts;
using Platform.Commands;
using Platform.Data;
using Platform.Domain;
using Wobbles.Features;

namespace Broken.Host
{
    internal sealed class Basket : IAggregateRoot;

    internal sealed record FillBasket : ICommand<Nothing>;

    internal sealed class FillBasketHandler : ICommandHandler<FillBasket, Nothing>
    {
        public Task<Result<Nothing>> Handle(FillBasket command, CancellationToken cancellationToken) =>
            Task.FromResult(Nothing.Done);
    }

    internal sealed class HostDbContext(DbContextOptions<HostDbContext> options, TimeProvider clock)
        : ModuleDbContext(options, "host", clock)
    {
        protected override void ConfigureModel(ModelBuilder model) { }
    }

    internal static class Composition
    {
        public static Type FrontDoor() => typeof(Wobbles.WobblesModule);

        public static Func<Task<object>> BackDoor() =>
            async () =>
            {
                await Task.Yield();
                return new SpendWobble();
            };

        public static Guid EventOf(TierLost happened) => happened.CustomerId;
    }
}

namespace Mumbles
{
    internal sealed class Squatter;
}

namespace Internal.Generated.WolverineHandlers
{
    internal static class TierReachedHandler1
    {
        public static Type Handler() => typeof(Wobbles.Integration.TierReachedHandler);
    }
}
