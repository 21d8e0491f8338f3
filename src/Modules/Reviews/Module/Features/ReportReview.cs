using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Reviews.Features;

internal sealed record ReportReview(Guid ReviewId, Caller Reporter, string Reason)
    : ICommand<Nothing>,
        IRetryOnConflict;

internal sealed class ReportReviewValidator : AbstractValidator<ReportReview>
{
    public ReportReviewValidator() =>
        RuleFor(report => report.Reason)
            .Must(ReportReasons.IsKnown)
            .WithMessage($"Must be one of: {ReportReasons.Codes}.");
}

internal sealed class ReportReviewHandler(ReviewLedger ledger) : ICommandHandler<ReportReview, Nothing>
{
    public async Task<Result<Nothing>> Handle(ReportReview command, CancellationToken cancellationToken)
    {
        var reported = await ledger.ChangeAsync(
            command.ReviewId,
            command.Reporter,
            ReviewAccess.ForAll,
            (review, now) => review.ReportBy(command.Reporter.UserId, ReportReasons.Of(command.Reason), now),
            cancellationToken
        );
        return reported.IsDone ? Nothing.Done : reported.Error;
    }
}

internal sealed record ReportReviewBody(string? Reason);

internal static class ReportReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/{id:guid}/report", ReportAsync)
            .RequireAnyRole()
            .WithName("ReportReview")
            .WithSummary("Asks an operator to look at a review; once per person.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ReportAsync(
        Guid id,
        ReportReviewBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var reported = await sender.SendAsync(
            new ReportReview(id, caller, body.Reason?.Trim() ?? ""),
            cancellationToken
        );
        return reported.ToHttp();
    }
}
