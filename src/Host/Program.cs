using Host;
using Host.Commands;
using Orders;
using Platform.Modules;
using Reviews;
using Riders;

IModule[] modules = [new OrdersModule(), new RidersModule(), new ReviewsModule()];

return await HostProgram.RunAsync(args, new Composition(modules, GeneratedHandlers.Use));
