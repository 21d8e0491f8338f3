using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Ops;

/// <summary>What an operator does when a stream is not the one that a module has followed.</summary>
internal static class StreamEndpoints
{
    private const int LongestReason = 500;

    public static void MapStreamComparisons(this RouteGroupBuilder ops)
    {
        ops.MapGet("/modules/{name}/streams/{stream}", CompareAsync)
            .WithName("CompareStream")
            .WithSummary("What a module has handled of a stream beside what the stream is now")
            .Produces<StreamComparisonView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        ops.MapPost("/modules/{name}/streams/{stream}/decision", DecideAsync)
            .WithName("DecideOnStream")
            .WithSummary("Goes on with a stream that is not the one that was followed")
            .Produces<StreamComparisonView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> CompareAsync(
        string name,
        string stream,
        ModuleHomes homes,
        SubscriptionRunner subscriptions,
        StreamComparisons comparisons,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (homes.FindHere(name) is not { } module)
            return await OpsEndpoints.ElsewhereAsync(name, elsewhere, request, cancellationToken);
        return subscriptions.Find(module, stream) is { } subscription
            ? (await comparisons.CompareAsync(subscription, cancellationToken)).ToHttp()
            : NotFollowed(module, stream).ToProblem();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> DecideAsync(
        string name,
        string stream,
        StreamChoice? choice,
        long? from,
        string? reason,
        ModuleHomes homes,
        SubscriptionRunner subscriptions,
        StreamComparisons comparisons,
        Caller caller,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (homes.FindHere(name) is not { } module)
            return await OpsEndpoints.ElsewhereAsync(name, elsewhere, request, cancellationToken);
        if (subscriptions.Find(module, stream) is not { } subscription)
            return NotFollowed(module, stream).ToProblem();
        if (choice is not { } chosen)
            return Error
                .Invalid("choice_required", "Say how to go on, in 'choice': GoOn or HandleAnew.")
                .ToProblem();
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            return Error
                .Invalid(
                    "reason_required",
                    $"Say why, in 'reason': 1 to {LongestReason} characters, kept for whoever asks later."
                )
                .ToProblem();
        var decided = await comparisons.DecideAsync(
            subscription,
            chosen,
            from,
            reason,
            caller.UserId,
            cancellationToken
        );
        return decided.ToHttp();
    }

    private static Error NotFollowed(ModuleDefinition module, string stream) =>
        Error.NotFound("stream_not_followed", $"{module.Name} does not follow '{stream}'.");
}
