using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orders.Contracts;
using Platform.Modules;
using Riders.Data;
using Riders.Domain;
using Riders.Features;
using Riders.Integration;
using Riders.Pages;

namespace Riders;

/// <summary>Riders, their shifts and locations, and the deliveries that they are offered and carry.</summary>
public sealed class RidersModule : IModule
{
    /// <inheritdoc/>
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Riders", typeof(RidersModule).Assembly)
            .WithDatabase<RidersDbContext>()
            .WithPaths("/api/riders", "/api/deliveries", "/rider", "/deliveries")
            .AndReads<RidersOptions>()
            .AndReads("Dispatch", "Pay")
            .AndHandles<OrderAccepted, OrderAcceptedHandler>()
            .AndHandles<OrderReady, OrderReadyHandler>()
            .AndHandles<OrderCancelled, OrderCancelledHandler>()
            .AndSweeps<AdvanceDeliveries>()
            .AndSweeps<KeepLocations>()
            .AndSweeps<ShareLocations>()
            .WithFigures<RidersFigures>()
            .WithDemoData<RidersDemoData>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = RidersOptions.Read<RidersOptions>((IConfigurationSection)settings);
        var rules = RidersOptions.Read<DeliveryRules>(settings.GetSection("Dispatch"));
        RidersOptions.Verify(options, rules);
        services
            .AddSingleton(options)
            .AddSingleton(rules)
            .AddSingleton(RidersOptions.Read<PayRates>(settings.GetSection("Pay")))
            .AddSingleton<RiderLocations>()
            .AddScoped<Dispatcher>();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        GetMeEndpoint.Map(routes);
        ChangeShiftEndpoint.Map(routes);
        ReportLocationEndpoint.Map(routes);
        ListOffersEndpoint.Map(routes);
        AcceptOfferEndpoint.Map(routes);
        DeclineOfferEndpoint.Map(routes);
        ListEarningsEndpoint.Map(routes);
        ListDeliveriesEndpoints.Map(routes);
        TrackDeliveryEndpoint.Map(routes);
        FollowDeliveryEndpoint.Map(routes);
        FollowRideEndpoint.Map(routes);
        PickUpDeliveryEndpoint.Map(routes);
        CompleteDeliveryEndpoint.Map(routes);
        GiveUpDeliveryEndpoint.Map(routes);
        FailDeliveryEndpoint.Map(routes);

        RiderPages.Map(routes);
    }
}
