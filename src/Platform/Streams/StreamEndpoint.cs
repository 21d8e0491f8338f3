using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.Runtime;
using Wolverine.Runtime.Handlers;
using Wolverine.Transports;
using Wolverine.Transports.Sending;

namespace Platform.Streams;

/// <summary>The bus's side of one subscription.</summary>
internal sealed class StreamEndpoint : Endpoint
{
    private readonly SubscriptionDefinition _subscription;

    public StreamEndpoint(SubscriptionDefinition subscription)
        : base(subscription.Address, EndpointRole.Application)
    {
        _subscription = subscription;
        EndpointName = subscription.Address.ToString();
        IsListener = true;
        Mode = EndpointMode.Inline;
        MaxDegreeOfParallelism = 1;
        StickyHandlers.AddRange(subscription.Handled.Select(handled => handled.Handler));
    }

    public override ValueTask<IListener> BuildListenerAsync(IWolverineRuntime runtime, IReceiver receiver)
    {
        VerifyHandlers(runtime);
        var runner = runtime.Services.GetRequiredService<SubscriptionRunner>();
        return ValueTask.FromResult<IListener>(runner.Start(_subscription, receiver));
    }

    protected override ISender CreateSender(IWolverineRuntime runtime) => new RefusingSender(Uri);

    protected override bool supportsMode(EndpointMode mode) => mode == EndpointMode.Inline;

    /// <summary>
    /// A handler without generated code is silently not discovered: its events would complete unhandled while the
    /// cursor moves on. So every declared event must lead to exactly its declared handler before anything is read.
    /// </summary>
    private void VerifyHandlers(IWolverineRuntime runtime)
    {
        var graph = runtime.Services.GetRequiredService<HandlerGraph>();
        foreach (var handled in _subscription.Handled)
        {
            var chain = (graph.HandlerFor(handled.Event.ClrType, this) as MessageHandler)?.Chain;
            var calls = chain?.HandlerCalls().Select(call => call.HandlerType).ToList() ?? [];
            if (calls.Count != 1 || calls[0] != handled.Handler)
            {
                throw new HandlersRefusedException(
                    $"{_subscription}: '{handled.Event.Alias}' should be handled by {handled.Handler} alone, but the bus "
                        + $"has [{string.Join(", ", calls)}]"
                );
            }
        }
    }

    /// <summary>Nothing is sent to a stream but through its outbox.</summary>
    private sealed class RefusingSender(Uri destination) : ISender
    {
        public bool SupportsNativeScheduledSend => false;

        public Uri Destination => destination;

        public Task<bool> PingAsync() => Task.FromResult(true);

        public ValueTask SendAsync(Envelope envelope) =>
            throw new NotSupportedException(
                "Events are said with ModuleDbContext.Say, not sent to a stream."
            );
    }
}
