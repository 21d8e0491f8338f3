using System.Collections.Immutable;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Streams;

namespace Platform.Modules;

/// <summary>
/// What a module declares of itself. Immutable: <c>With…</c> replaces, <c>And…</c> adds.
/// </summary>
public sealed record ModuleDefinition
{
    private ModuleDefinition(string name, Assembly assembly) => (Name, Assembly) = (name, assembly);

    /// <summary>The plural name that folder, assembly, namespace and configuration share, such as <c>Orders</c>.</summary>
    public string Name { get; }

    /// <summary>The module's implementation assembly, scanned for handlers and validators.</summary>
    public Assembly Assembly { get; }

    /// <summary>The name of the module's stream, schema and database file: the name in lower case.</summary>
    public string Stream => Name.ToLowerInvariant();

    /// <summary>The path prefixes that are the module's own, such as <c>/api/orders</c>.</summary>
    public ImmutableArray<string> Paths { get; private init; } = [];

    /// <summary>The module's database context; null for a module that stores nothing.</summary>
    public Type? DatabaseContext { get; private init; }

    /// <summary>The integration events the module handles, each by one handler.</summary>
    public ImmutableArray<HandledEvent> HandledEvents { get; private init; } = [];

    /// <summary>The names of the streams the module follows.</summary>
    public IEnumerable<string> FollowedStreams =>
        HandledEvents.Select(handled => handled.Event.Stream).Distinct(StringComparer.Ordinal);

    /// <summary>The keys that the module reads below <c>Modules:{Name}</c>; any other is misspelt.</summary>
    internal ImmutableArray<string> Settings { get; private init; } = [];

    internal ImmutableArray<Type> Sweeps { get; private init; } = [];

    internal Type? DemoData { get; private init; }

    internal Type? Figures { get; private init; }

    internal Action<IServiceCollection, Action<IServiceProvider, DbContextOptionsBuilder>>? AddDatabase
    {
        get;
        private init;
    }

    /// <summary>Begins the definition of a module.</summary>
    /// <param name="name">Plural, in Pascal case: it is the assembly's name too.</param>
    /// <param name="assembly">The module's implementation assembly.</param>
    public static ModuleDefinition Named(string name, Assembly assembly) => new(name, assembly);

    /// <summary>The module keeps its state, outbox and cursors in <typeparamref name="TContext"/>.</summary>
    public ModuleDefinition WithDatabase<TContext>()
        where TContext : ModuleDbContext =>
        this with
        {
            DatabaseContext = typeof(TContext),
            AddDatabase = static (services, configure) => services.AddDbContextPool<TContext>(configure),
        };

    /// <summary>The path prefixes that are the module's own.</summary>
    public ModuleDefinition WithPaths(params string[] paths) => this with { Paths = [.. paths] };

    /// <summary>The module reads the properties of <typeparamref name="TOptions"/> below <c>Modules:{Name}</c>.</summary>
    public ModuleDefinition AndReads<TOptions>() =>
        AndReads([
            .. typeof(TOptions)
                .GetProperties()
                .Where(property => property.CanWrite)
                .Select(property => property.Name),
        ]);

    /// <summary>The module reads these keys or sections below <c>Modules:{Name}</c>.</summary>
    public ModuleDefinition AndReads(params string[] keys) =>
        this with
        {
            Settings = Settings.AddRange(keys),
        };

    /// <summary>
    /// The module handles <typeparamref name="TEvent"/> with <typeparamref name="THandler"/>. Following one event
    /// of a stream is enough to follow the stream; its other known events are passed over.
    /// </summary>
    /// <exception cref="ArgumentException">The event has no alias.</exception>
    /// <exception cref="InvalidOperationException">The module handles the event already.</exception>
    public ModuleDefinition AndHandles<TEvent, THandler>()
        where TEvent : class
        where THandler : class
    {
        var handled = new HandledEvent(EventType.Of(typeof(TEvent)), typeof(THandler));
        return HandledEvents.Any(other => other.Event.Alias == handled.Event.Alias)
            ? throw new InvalidOperationException($"{Name} handles {handled.Event.Alias} twice.")
            : this with
            {
                HandledEvents = HandledEvents.Add(handled),
            };
    }

    /// <summary>The module has background work that acts on due rows.</summary>
    public ModuleDefinition AndSweeps<TSweep>()
        where TSweep : class, ISweep => this with { Sweeps = Sweeps.Add(typeof(TSweep)) };

    /// <summary>The module tells what its business comes to in numbers.</summary>
    public ModuleDefinition WithFigures<TFigures>()
        where TFigures : class, IBusinessFigures => this with { Figures = typeof(TFigures) };

    /// <summary>The module can fill an empty database for demonstrations, in Development only.</summary>
    public ModuleDefinition WithDemoData<TDemoData>()
        where TDemoData : class, IDemoData => this with { DemoData = typeof(TDemoData) };
}

/// <summary>An event that a module handles, and the public Wolverine handler that takes it in.</summary>
public sealed record HandledEvent(EventType Event, Type Handler);
