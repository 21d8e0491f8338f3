using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Features;
using Orders.Integration;
using Orders.Pages;
using Orders.Payments;
using Platform.Modules;
using Reviews.Contracts;
using Riders.Contracts;

namespace Orders;

/// <summary>Stores, their menus, and orders from the basket to the door.</summary>
public sealed class OrdersModule : IModule
{
    /// <inheritdoc/>
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Orders", typeof(OrdersModule).Assembly)
            .WithDatabase<OrdersDbContext>()
            .WithPaths("/api/stores", "/api/orders", "/stores", "/orders", "/store")
            .AndReads<OrdersOptions>()
            .AndHandles<DeliveryPickedUp, DeliveryPickedUpHandler>()
            .AndHandles<DeliveryCompleted, DeliveryCompletedHandler>()
            .AndHandles<DeliveryFailed, DeliveryFailedHandler>()
            .AndHandles<StoreRatingChanged, StoreRatingChangedHandler>()
            .AndSweeps<ExpireOrders>()
            .AndSweeps<SettlePayments>()
            .WithFigures<OrdersFigures>()
            .WithDemoData<OrdersDemoData>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<OrdersOptions>().Bind(settings).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OrdersOptions>, OrdersOptionsRules>();
        services.AddSingleton<Shops>();
        services.AddSingleton<Intentions>();
        services.AddHostedService<IntentionsEnd>();
        services.AddSingleton<IPaymentGateway, TestPaymentGateway>();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        ListStoresEndpoint.Map(routes);
        ShowStoreEndpoint.Map(routes);
        RegisterStoreEndpoint.Map(routes);
        PauseStoreEndpoints.Map(routes);
        ChangeHoursEndpoint.Map(routes);
        AddMenuItemEndpoint.Map(routes);
        ChangeMenuItemEndpoint.Map(routes);
        RemoveMenuItemEndpoint.Map(routes);
        SetAvailabilityEndpoint.Map(routes);
        FollowStoreEndpoint.Map(routes);

        QuoteOrderEndpoint.Map(routes);
        PlaceOrderEndpoint.Map(routes);
        ShowOrderEndpoint.Map(routes);
        FollowOrderEndpoint.Map(routes);
        ListOrdersEndpoint.Map(routes);
        AcceptOrderEndpoint.Map(routes);
        RejectOrderEndpoint.Map(routes);
        MarkOrderReadyEndpoint.Map(routes);
        CancelOrderEndpoint.Map(routes);

        StorePages.Map(routes);
        BasketPages.Map(routes);
        OrderPages.Map(routes);
        BoardPages.Map(routes);
        MenuPages.Map(routes);
        HoursPages.Map(routes);
    }
}
