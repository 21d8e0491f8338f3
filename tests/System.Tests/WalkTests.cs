using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// Wherever its modules run, the README's walk-through passes. With all of them local,
/// <see cref="ReadmeTests"/> takes the walk; <c>MONOLITH_PLACEMENT</c> names another placement.
/// </summary>
public sealed class WalkTests
{
    public static TheoryData<string> Placements =>
        Placement.Named is { } named ? [named] : ["Reviews", "Riders", "Orders,Riders,Reviews"];

    [Theory]
    [MemberData(nameof(Placements))]
    public async Task The_readmes_walk_through_passes(string remote)
    {
        await using var deployment = await SpreadDeployment.StartAsync(
            remote == Placement.AllLocal ? "" : await RabbitMq.ConnectionStringAsync(),
            remote
        );

        await WalkThrough.PassesAsync(deployment.Front);
    }
}
