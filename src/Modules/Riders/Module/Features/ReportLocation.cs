using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Riders.Data;

namespace Riders.Features;

/// <summary>A rider says where they are, every few seconds. Memory takes it in; nothing is written here.</summary>
internal sealed record ReportLocation(Guid RiderId, double? Latitude, double? Longitude) : ICommand<Nothing>;

internal sealed class ReportLocationValidator : AbstractValidator<ReportLocation>
{
    public ReportLocationValidator()
    {
        RuleFor(command => command.Latitude).NotNull().InclusiveBetween(-90, 90);
        RuleFor(command => command.Longitude).NotNull().InclusiveBetween(-180, 180);
    }
}

internal sealed class ReportLocationHandler(RiderLocations locations, TimeProvider clock)
    : ICommandHandler<ReportLocation, Nothing>
{
    public Task<Result<Nothing>> Handle(ReportLocation command, CancellationToken cancellationToken)
    {
        var place = new GeoPoint(command.Latitude!.Value, command.Longitude!.Value);
        locations.Report(new Sighting(command.RiderId, place, clock.GetUtcNow()));
        return Task.FromResult(Nothing.Done);
    }
}

internal sealed record ReportLocationBody(double? Latitude, double? Longitude);

internal static class ReportLocationEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/api/riders/me/location", PutAsync)
            .RequireRole(Roles.Rider)
            .WithName("ReportLocation")
            .WithSummary("Tell where the rider is")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Microsoft.AspNetCore.Http.IResult> PutAsync(
        ReportLocationBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var report = new ReportLocation(caller.UserId, body.Latitude, body.Longitude);
        return (await sender.SendAsync(report, cancellationToken)).ToHttp();
    }
}
