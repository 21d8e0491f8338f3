using FourModules;
using Host.Commands;
using Host.Settings;
using Host.Tests.Running;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orders.Contracts;
using Platform.Commands;
using Platform.Modules;
using Platform.Streams;
using Wolverine;
using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;

namespace Host.Tests
{
    /// <summary>A process whose code does not fit what its modules handle does not begin to handle anything.</summary>
    public sealed class HandlerCodeTests : IDisposable
    {
        private readonly DataFolder _folder = new();

        [Fact]
        [Trait("Fault", "G6")]
        public void A_module_without_generated_code_refuses_the_start_in_one_sentence()
        {
            var refused = Refused(
                new Composition(FourModulesHost.Composition.Modules, GeneratedHandlers.Use)
            );

            refused.ShouldContain("FourModules.OrderAcceptedHandler has no generated code");
            refused.ShouldContain("scripts/generate-handlers");
        }

        [Fact]
        [Trait("Fault", "G1")]
        public void Generated_code_that_calls_another_modules_handler_refuses_the_start()
        {
            var refused = Refused(
                new Composition(
                    [new Listening()],
                    bus => bus.ApplicationAssembly = typeof(HandlerCodeTests).Assembly
                ),
                // Orders is not part of this build.
                "--Broker:Kind=RabbitMq",
                "--Broker:ConnectionString=amqp://localhost"
            );

            refused.ShouldContain(
                "'Listening_orders_order_delivered_v1' does not call FourModules.OrderDeliveredHandler"
            );
        }

        public void Dispose() => _folder.Dispose();

        private string Refused(Composition composition, params string[] further)
        {
            var refused = Should.Throw<HandlersRefusedException>(() =>
                Serving.Build(
                    CommandLine.Read([
                        "--environment=Development",
                        $"--Database:Directory={_folder.Path}",
                        .. further,
                    ]),
                    composition
                )
            );
            var sentence = Refusal.SentenceFor(refused).ShouldNotBeNull();
            sentence.ShouldNotContain("\n");
            return sentence;
        }

        private sealed class Listening : IModule
        {
            public ModuleDefinition Define() =>
                ModuleDefinition
                    .Named("Listening", typeof(HandlerCodeTests).Assembly)
                    .AndHandles<OrderDelivered, FourModules.OrderDeliveredHandler>();

            public void AddServices(IServiceCollection services, IConfiguration settings) { }

            public void MapEndpoints(IEndpointRouteBuilder routes) { }
        }
    }
}

namespace Host.Tests.Generated
{
    /// <summary>As if it had been generated when another module's handler went by this name.</summary>
    public sealed class Listening_orders_order_delivered_v1(Sender sender) : MessageHandler
    {
        public override async Task HandleAsync(MessageContext context, CancellationToken cancellation)
        {
            var handler = new Reviews.Integration.OrderDeliveredHandler(sender);
            await handler.Handle((OrderDelivered)context.Envelope!.Message!, cancellation);
        }
    }
}
