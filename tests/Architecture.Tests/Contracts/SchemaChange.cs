namespace Architecture.Tests.Contracts;

/// <summary>Who reads what a schema describes, and what was written by it when.</summary>
internal enum Reading
{
    /// <summary>Listeners read it, whichever build they are of; and this build reads what older ones wrote.</summary>
    Event,

    /// <summary>Callers read it, fresh.</summary>
    Answer,

    /// <summary>Callers write it.</summary>
    Request,
}

/// <summary>One difference between what was promised and what is.</summary>
/// <param name="Member">The member, by its path, such as <c>pickUp.latitude</c>; empty for the whole.</param>
/// <param name="What">What became of it.</param>
/// <param name="Breaks">Whether somebody who held to what was promised can fail by it.</param>
/// <param name="OnlyOlder">It breaks nobody but those of this build who read what an older one wrote.</param>
internal sealed record SchemaChange(string Member, string What, bool Breaks, bool OnlyOlder = false);
