using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// The suite's chain, races and strangers, unchanged, wherever modules run. Each module elsewhere has a database of its
/// own, and RabbitMQ is all that it shares with the others.
/// </summary>
public static class Elsewhere
{
    public const string Reviews = "Reviews elsewhere";
    public const string Riders = "Riders elsewhere";
    public const string All = "All elsewhere";
}

[CollectionDefinition(Elsewhere.Reviews)]
public sealed class ReviewsElsewhere : ICollectionFixture<SharedWithReviewsElsewhere>;

[CollectionDefinition(Elsewhere.Riders)]
public sealed class RidersElsewhere : ICollectionFixture<SharedWithRidersElsewhere>;

[CollectionDefinition(Elsewhere.All)]
public sealed class AllElsewhere : ICollectionFixture<SharedWithAllElsewhere>;

[Collection(Elsewhere.Reviews)]
public sealed class ChainWithReviewsElsewhereTests(
    SharedWithReviewsElsewhere shared,
    ITestOutputHelper output
) : ChainTests(shared, output);

[Collection(Elsewhere.Reviews)]
public sealed class RaceWithReviewsElsewhereTests(SharedWithReviewsElsewhere shared) : RaceTests(shared);

[Collection(Elsewhere.Reviews)]
public sealed class StrangerWithReviewsElsewhereTests(SharedWithReviewsElsewhere shared)
    : StrangerTests(shared);

[Collection(Elsewhere.Riders)]
public sealed class ChainWithRidersElsewhereTests(SharedWithRidersElsewhere shared, ITestOutputHelper output)
    : ChainTests(shared, output);

[Collection(Elsewhere.Riders)]
public sealed class RaceWithRidersElsewhereTests(SharedWithRidersElsewhere shared) : RaceTests(shared);

[Collection(Elsewhere.Riders)]
public sealed class StrangerWithRidersElsewhereTests(SharedWithRidersElsewhere shared)
    : StrangerTests(shared);

[Collection(Elsewhere.All)]
public sealed class ChainWithAllElsewhereTests(SharedWithAllElsewhere shared, ITestOutputHelper output)
    : ChainTests(shared, output);

[Collection(Elsewhere.All)]
public sealed class RaceWithAllElsewhereTests(SharedWithAllElsewhere shared) : RaceTests(shared);

[Collection(Elsewhere.All)]
public sealed class StrangerWithAllElsewhereTests(SharedWithAllElsewhere shared) : StrangerTests(shared);
