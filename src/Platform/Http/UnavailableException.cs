namespace Platform.Http;

/// <summary>Something that a request needs is away, and waiting may help: it is answered 503, and told once in a while.</summary>
/// <param name="cause">What is away, in words that stay the same while it lasts.</param>
/// <param name="inner">How it showed.</param>
internal sealed class UnavailableException(string cause, Exception? inner = null) : Exception(cause, inner);
