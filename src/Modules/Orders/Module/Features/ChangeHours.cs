using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>A store says anew when it is open, week after week. No span at all means that it never is.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Caller">Its keeper.</param>
/// <param name="TimeZone">What the times are in; null keeps the zone it has.</param>
/// <param name="Week">All its spans; those that it had are gone.</param>
internal sealed record ChangeHours(
    Guid StoreId,
    Caller Caller,
    string? TimeZone,
    IReadOnlyList<OpeningSpan>? Week
) : ICommand<OpeningHours>, IRetryOnConflict;

internal sealed class ChangeHoursValidator : AbstractValidator<ChangeHours>
{
    public ChangeHoursValidator()
    {
        RuleFor(command => command.TimeZone)
            .Must(zone => zone is null || OpeningHours.Knows(zone))
            .WithMessage("The time zone must be a known name such as Asia/Seoul.");
        RuleFor(command => command.Week)
            .NotNull()
            .Must(week => week is null || week.Count <= OpeningHours.MostSpans)
            .WithMessage($"The week has {OpeningHours.MostSpans} spans at most.");
        When(
            command => command.Week is { Count: <= OpeningHours.MostSpans },
            () =>
                RuleForEach(command => command.Week)
                    .NotNull()
                    .ChildRules(span => span.RuleFor(each => each.Day).IsInEnum())
        );
    }
}

internal sealed class ChangeHoursHandler(OrdersDbContext database)
    : ICommandHandler<ChangeHours, OpeningHours>
{
    public async Task<Result<OpeningHours>> Handle(ChangeHours command, CancellationToken cancellationToken)
    {
        var store = await database.Stores.SingleOrDefaultAsync(
            row => row.Id == command.StoreId,
            cancellationToken
        );
        if (store is null)
            return StoreView.NotFound;
        if (!command.Caller.Keeps(store.Id))
            return StoreAccess.NotYours;
        store.ChangeHours(new OpeningHours(command.TimeZone ?? store.Hours.TimeZone, command.Week!));
        return store.Hours;
    }
}

internal sealed record ChangeHoursBody(
    string? TimeZone,
    [property: MaxLength(OpeningHours.MostSpans)] IReadOnlyList<OpeningSpan>? Week
);

internal static class ChangeHoursEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/api/stores/{id:guid}/hours", ChangeAsync)
            .RequireRole(Roles.Store)
            .WithName("ChangeHours")
            .WithSummary(
                "When the store is open, week after week; a span whose end is not after its start ends the next day."
            )
            .Produces<OpeningHours>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ChangeAsync(
        Guid id,
        ChangeHoursBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new ChangeHours(id, caller, body.TimeZone, body.Week);
        return (await sender.SendAsync(command, cancellationToken)).ToHttp();
    }
}
