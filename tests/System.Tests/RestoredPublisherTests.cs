using System.Tests.Running;
using System.Text.Json.Nodes;

namespace System.Tests;

/// <summary>
/// A publisher whose database is put back to an older copy passes over nothing: those who follow it stand still,
/// whatever is said from then on, until an operator decides how they go on.
/// </summary>
public sealed class RestoredPublisherTests
{
    [Theory]
    [Trait("Fault", "S1")]
    [Trait("Fault", "S18")]
    [InlineData("Orders", Placement.AllLocal, "HandleAnew")]
    [InlineData("Riders", Placement.AllLocal, "GoOn")]
    [InlineData("Reviews", Placement.AllLocal, "GoOn")]
    [InlineData("Orders", "Riders,Reviews", "GoOn")]
    [InlineData("Riders", "Orders", "HandleAnew")]
    [InlineData("Reviews", "Orders", "HandleAnew")]
    public async Task Its_followers_stand_still_until_an_operator_decides(
        string publisher,
        string elsewhere,
        string choice
    )
    {
        await using var deployment = await SpreadDeployment.OnFilesAsync(
            elsewhere,
            "--Streams:Poll=00:00:00.200",
            "--Streams:Recovery=00:00:00.200"
        );
        var kept = await Story.BeginAsync(deployment.Front);
        await kept.ReviewAsync(await kept.DeliverOneAsync(), 5);
        await AreAllAsync(
            deployment,
            publisher,
            followed => State(followed) == "Running" && Lag(followed) == 0
        );
        var copy = await StopAndCopyAsync(deployment, publisher);
        await deployment.StartAsync(publisher);
        await deployment.IsReadyAsync();
        var lost = await Story.BeginAsync(deployment.Front);
        await lost.ReviewAsync(await lost.DeliverOneAsync(), 4);
        await AreAllAsync(
            deployment,
            publisher,
            followed => State(followed) == "Running" && Lag(followed) == 0
        );

        await PutBackAsync(deployment, publisher, copy);

        await AreAllAsync(deployment, publisher, followed => State(followed) == "Broken");
        if (publisher == "Orders")
            await kept.At(deployment.Front.Api).PlaceAsync();
        await AreAllAsync(deployment, publisher, followed => State(followed) == "Broken");

        foreach (var (module, _) in await FollowersAsync(deployment, publisher))
        {
            (
                await deployment.Front.Api.PostAsync(
                    $"/api/ops/modules/{module}/streams/{publisher.ToLowerInvariant()}/decision?choice={choice}&reason=Restored",
                    deployment.Front.Tokens.Operator()
                )
            ).ShouldBe(200);
        }
        await AreAllAsync(
            deployment,
            publisher,
            followed => State(followed) == "Running" && Lag(followed) == 0
        );
    }

    private static async Task<byte[]> StopAndCopyAsync(SpreadDeployment deployment, string publisher)
    {
        var database = await deployment.DatabaseAsync(publisher);
        await deployment.KillAsync(publisher);
        // What a killed process left in its write-ahead log is folded in by the last to close the database.
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return await File.ReadAllBytesAsync(database.File);
    }

    private static async Task PutBackAsync(SpreadDeployment deployment, string publisher, byte[] copy)
    {
        var database = await deployment.DatabaseAsync(publisher);
        await deployment.KillAsync(publisher);
        database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        foreach (var rest in new[] { "-wal", "-shm" })
            File.Delete(database.File + rest);
        await File.WriteAllBytesAsync(database.File, copy);
        await deployment.StartAsync(publisher);
    }

    private static Task AreAllAsync(
        SpreadDeployment deployment,
        string publisher,
        Func<JsonNode, bool> condition
    ) =>
        Eventually.HoldsAsync(
            async () =>
            {
                var followers = await FollowersAsync(deployment, publisher);
                return followers.Count > 0 && followers.All(one => condition(one.Followed));
            },
            $"all who follow {publisher} are as they should be"
        );

    private static async Task<IReadOnlyList<(string Module, JsonNode Followed)>> FollowersAsync(
        SpreadDeployment deployment,
        string publisher
    )
    {
        var front = deployment.Front;
        var modules = (await front.Api.GetAsync("/api/ops/modules", front.Tokens.Operator()))
            .ShouldBe(200)
            .Json;
        return
        [
            .. from module in modules.AsArray()
            from followed in module!["subscriptions"]!.AsArray()
            where string.Equals((string?)followed!["stream"], publisher, StringComparison.OrdinalIgnoreCase)
            select ((string)module["name"]!, followed),
        ];
    }

    private static string State(JsonNode followed) => (string)followed["state"]!;

    private static long? Lag(JsonNode followed) => (long?)followed["lag"];
}
