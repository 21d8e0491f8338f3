using Host;
using Host.Commands;
using Orders;
using Platform.Modules;
using Reviews;
using Riders;

if (MachineCheck.Missing() is { } missing)
{
    MachineCheck.Say(missing);
    return 1;
}

IModule[] modules = [new OrdersModule(), new RidersModule(), new ReviewsModule()];

return await Command.RunAsync(args, new Composition(modules, GeneratedHandlers.Use));
