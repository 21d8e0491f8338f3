using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Pages;
using Riders.Features;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Riders.Pages;

internal sealed record RideView(
    RiderView Me,
    OfferView? Offer,
    IReadOnlyList<DeliveryView> Deliveries,
    LocationSource Source,
    PlaceDraft? Draft = null
);

/// <summary>A rider's phone, and the delivery as the order's page shows it.</summary>
internal static class RiderPages
{
    private const string Here = "/rider";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPage("/deliveries/of-order/{orderId:guid}", ShowDeliveryAsync)
            .RequireRole(Roles.Customer, Roles.Rider, Roles.Operator)
            .ExcludeFromDescription();
        routes
            .MapPage("/deliveries/figures", ShowFiguresAsync)
            .RequireRole(Roles.Operator)
            .ExcludeFromDescription();
        var pages = routes.MapGroup(Here).RequireRole(Roles.Rider).ExcludeFromDescription();
        pages.MapPage("", ShowRideAsync);
        pages.MapPage("/now", ShowNowAsync);
        pages.MapForm("/shift", ChangeShiftAsync);
        pages.MapForm("/location", TellLocationAsync);
        pages.MapForm("/offers/{id:guid}/{answer:regex(^(accept|decline)$)}", AnswerAsync);
        pages.MapForm("/deliveries/{id:guid}/{act:regex(^(pick-up|deliver|give-up|fail)$)}", ActAsync);
        pages.MapPage("/earnings", ShowEarningsAsync);
    }

    /// <summary>An order that no delivery is known of yet has an empty one: its acceptance may still be on its way here.</summary>
    private static async Task<IResult> ShowDeliveryAsync(
        Guid orderId,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var query = new TrackDelivery(orderId, caller.UserId, caller.Role);
        var tracked = await sender.SendAsync(query, cancellationToken);
        return Page.For<DeliveryFragment>(http, tracked.IsDone ? tracked.Value : null);
    }

    private static async Task<IResult> ShowFiguresAsync(
        HttpContext http,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var figures = await sender.SendAsync(new ShowFigures(), cancellationToken);
        return figures.IsDone ? Page.For<RiderFigures>(http, figures.Value) : figures.Error.ToProblem();
    }

    private static async Task<IResult> ShowRideAsync(
        string? where,
        HttpContext http,
        IHostEnvironment environment,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var otherwise = environment.IsDevelopment() ? LocationSource.Simulated : LocationSource.Device;
        var source = LocationForm.SourceOf(http, where, otherwise);
        var ride = await ReadAsync(caller, source, sender, cancellationToken);
        return ride.IsDone ? Page.Of<RidePage>(ride.Value) : ride.Error.ToProblem();
    }

    private static async Task<IResult> ShowNowAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var ride = await ReadAsync(caller, LocationSource.Device, sender, cancellationToken);
        return ride.IsDone ? Page.Fragment<RideNow>(ride.Value) : ride.Error.ToProblem();
    }

    private static async Task<Result<RideView>> ReadAsync(
        Caller caller,
        LocationSource source,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var me = await sender.SendAsync(new GetMe(caller.UserId), cancellationToken);
        var offers = await sender.SendAsync(new ListOffers(caller.UserId), cancellationToken);
        var deliveries = await sender.SendAsync(
            new ListDeliveries(caller.UserId, Status: null, Cursor: null, Limit: null),
            cancellationToken
        );
        return !me.IsDone ? me.Error
            : !offers.IsDone ? offers.Error
            : !deliveries.IsDone ? deliveries.Error
            : new RideView(
                me.Value,
                offers.Value.Items.Count > 0 ? offers.Value.Items[0] : null,
                deliveries.Value.Items,
                source
            );
    }

    private static async Task<IResult> ChangeShiftAsync(
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new ChangeShift(caller.UserId, form["online"] == "true");
        return (await sender.SendAsync(command, cancellationToken)).Then<RidePage, RiderView>(http, Here);
    }

    private static async Task<IResult> TellLocationAsync(
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        LocationForm.Keep(http, LocationSource.Told);
        if (LocationForm.PlaceOf(form) is not var (latitude, longitude))
        {
            var draft = new PlaceDraft(form["place"], form["latitude"], form["longitude"]);
            var ride = await ReadAsync(caller, LocationSource.Told, sender, cancellationToken);
            return ride.IsDone
                ? Page.Refused<RidePage>(PlaceDraft.Refusal, ride.Value with { Draft = draft })
                : ride.Error.ToProblem();
        }
        var report = new ReportLocation(caller.UserId, latitude, longitude);
        return (await sender.SendAsync(report, cancellationToken)).Then<RidePage, Nothing>(http, Here);
    }

    private static async Task<IResult> AnswerAsync(
        Guid id,
        string answer,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) =>
        answer == "accept"
            ? (await sender.SendAsync(new AcceptOffer(id, caller.UserId), cancellationToken)).Then<
                RidePage,
                DeliveryView
            >(http, Here)
            : (await sender.SendAsync(new DeclineOffer(id, caller.UserId), cancellationToken)).Then<
                RidePage,
                Nothing
            >(http, Here);

    private static async Task<IResult> ActAsync(
        Guid id,
        string act,
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var result = act switch
        {
            "pick-up" => await DoAsync(new PickUpDelivery(id, caller.UserId), sender, cancellationToken),
            "deliver" => await DoAsync(new CompleteDelivery(id, caller.UserId), sender, cancellationToken),
            "fail" => await DoAsync(
                new FailDelivery(id, caller.UserId, ByOperator: false, form["reason"]),
                sender,
                cancellationToken
            ),
            _ => await DoAsync(new GiveUpDelivery(id, caller.UserId), sender, cancellationToken),
        };
        return result.Then<RidePage, Nothing>(http, Here);
    }

    private static async Task<Result<Nothing>> DoAsync<T>(
        ICommand<T> command,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var result = await sender.SendAsync(command, cancellationToken);
        return result.IsDone ? Nothing.Done : result.Error;
    }

    private static async Task<IResult> ShowEarningsAsync(
        DateOnly? date,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var earnings = await sender.SendAsync(new ListEarnings(caller.UserId, date), cancellationToken);
        return earnings.IsDone ? Page.Of<EarningsPage>(earnings.Value) : earnings.Error.ToProblem();
    }
}
