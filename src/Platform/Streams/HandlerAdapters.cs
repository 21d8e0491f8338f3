using System.Runtime.CompilerServices;
using JasperFx;
using JasperFx.CodeGeneration;
using Platform.Modules;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.Runtime.Handlers;

namespace Platform.Streams;

/// <summary>
/// The bus has an adapter for each handler, generated beforehand. By itself it calls it after the event where the event
/// has one handler and after the handler where it has several; then what was generated with all modules together does
/// not fit a process with one of them, or fits another module's handler. So here an adapter is called after the module
/// and the event, wherever it runs.
/// </summary>
internal sealed class HandlerAdapters(ModuleCatalog catalog) : IHandlerPolicy
{
    public void Apply(IReadOnlyList<HandlerChain> chains, GenerationRules rules, IServiceContainer container)
    {
        foreach (var chain in chains)
        {
            if (chain.HandlerCalls() is [var call] && EventType.Find(chain.MessageType) is { } type)
                Rename(chain, NameOf(OwnerOf(call.HandlerType), type));
        }
    }

    /// <summary>
    /// Refuses, before anything runs, a declared handler without generated code, and generated code that calls another
    /// handler than is declared. Code that is generated at start is not looked at.
    /// </summary>
    /// <exception cref="HandlersRefusedException">There is one.</exception>
    public static void Verify(ModuleCatalog catalog, WolverineOptions bus)
    {
        if (bus.CodeGeneration.TypeLoadMode != TypeLoadMode.Static || bus.ApplicationAssembly is not { } home)
            return;
        var adapters = home
            .ExportedTypes.Where(type => type.IsSubclassOf(typeof(MessageHandler)))
            .ToDictionary(type => type.Name, StringComparer.Ordinal);
        foreach (var module in catalog.Modules)
        {
            foreach (var handled in module.HandledEvents)
            {
                var name = NameOf(module.Name, handled.Event);
                if (!adapters.TryGetValue(name, out var adapter))
                    throw new HandlersRefusedException($"{handled.Handler} has no generated code '{name}'");
                if (!CalledTypes.Of(adapter).Contains(handled.Handler))
                {
                    throw new HandlersRefusedException(
                        $"the generated code '{name}' does not call {handled.Handler}"
                    );
                }
            }
        }
    }

    private string OwnerOf(Type handler) =>
        catalog
            .Modules.FirstOrDefault(module => module.HandledEvents.Any(one => one.Handler == handler))
            ?.Name
        ?? handler.Assembly.GetName().Name!;

    /// <summary>Such as <c>Reviews_orders_order_delivered_v1</c>: the event's one name, as far as C# takes it.</summary>
    private static string NameOf(string module, EventType type) =>
        string.Concat(
            $"{module}_{type.Alias}".Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')
        );

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_TypeName")]
    private static extern void Rename(HandlerChain chain, string name);
}

/// <summary>The process has no code, or not the right code, to hand an event to a module's handler.</summary>
/// <param name="reason">Which handler, and what is wrong with its code; without a full stop.</param>
public sealed class HandlersRefusedException(string reason)
    : Exception($"Handlers: {reason}. Generate the code anew with 'scripts/generate-handlers'.");
