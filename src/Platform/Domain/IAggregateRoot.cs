namespace Platform.Domain;

/// <summary>
/// Marks the root of an aggregate. Its row gets a version that changes with every save, so that of two
/// concurrent changes one wins and the other is told so (409).
/// </summary>
public interface IAggregateRoot;
