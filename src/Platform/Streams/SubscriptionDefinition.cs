using System.Collections.Frozen;
using Platform.Modules;

namespace Platform.Streams;

/// <summary>One module following one stream.</summary>
internal sealed class SubscriptionDefinition
{
    private readonly FrozenDictionary<string, HandledEvent> _handled;
    private readonly FrozenSet<string> _known;

    public SubscriptionDefinition(ModuleDefinition module, string stream)
    {
        Module = module;
        Stream = stream;
        Handled = [.. module.HandledEvents.Where(handled => handled.Event.Stream == stream)];
        _handled = Handled.ToFrozenDictionary(handled => handled.Event.Alias, StringComparer.Ordinal);
        _known = Handled
            .SelectMany(handled => EventType.DeclaredIn(handled.Event.ClrType.Assembly))
            .Select(type => type.Alias)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    public ModuleDefinition Module { get; }

    public string Stream { get; }

    public IReadOnlyList<HandledEvent> Handled { get; }

    /// <summary>Every event that the publisher's contracts declare, handled here or not.</summary>
    public IReadOnlyCollection<string> KnownTypes => _known.Items;

    /// <summary>The Wolverine endpoint of this subscription.</summary>
    public Uri Address => new($"{StreamTransport.Scheme}://{Stream}/{Module.Stream}");

    /// <summary>How logs and errors call it.</summary>
    public override string ToString() => $"{Module.Name} follows {Stream}";

    public HandledEvent? Find(string alias) => _handled.GetValueOrDefault(alias);

    /// <summary>Whether the publisher's contracts declare the event: if not, nobody here can tell what it is.</summary>
    public bool Knows(string alias) => _known.Contains(alias);
}
