using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Contracts;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>
/// Opens a store on the platform, with its menu. Amounts are numbers, all in the store's currency. An id may
/// be given, so that whoever registers can do it again safely.
/// </summary>
internal sealed record RegisterStore(
    Guid? StoreId,
    string? Name,
    string? Description,
    string? Address,
    double? Latitude,
    double? Longitude,
    string? Currency,
    decimal? Minimum,
    string? TimeZone,
    [property: MaxLength(OpeningHours.MostSpans)] IReadOnlyList<OpeningSpan>? Hours,
    RegisterStore.DeliveryBody? Delivery,
    [property: MaxLength(Orders.Domain.Menu.MostItems)] IReadOnlyList<MenuItemBody>? Menu
) : ICommand<StoreView>
{
    public sealed record DeliveryBody(
        double RadiusMetres,
        decimal BaseFee,
        [property: MaxLength(DeliveryTerms.MostBands)] IReadOnlyList<BandBody>? Bands,
        decimal? FreeFrom
    );

    public sealed record BandBody(double FromMetres, decimal Surcharge);
}

internal sealed class RegisterStoreHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<RegisterStore, StoreView>
{
    private static readonly Error Registered = Error.Conflict(
        "store_already_registered",
        "A store with this id is registered."
    );

    public async Task<Result<StoreView>> Handle(RegisterStore command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = command.StoreId ?? Guid.CreateVersion7(now);
        if (await database.Stores.AnyAsync(row => row.Id == id, cancellationToken))
            return Registered;

        var store = Store.Register(
            id,
            new StoreProfile(
                PlainText.Tidy(command.Name),
                PlainText.Tidy(command.Description),
                PlainText.Tidy(command.Address),
                new GeoPoint(command.Latitude!.Value, command.Longitude!.Value)
            ),
            new OpeningHours(command.TimeZone!, command.Hours!),
            DeliveryOf(command),
            new Money(command.Minimum!.Value, command.Currency!),
            now
        );
        var menu = Menu.Of(id, [.. command.Menu!.Select(item => item.ToItem(command.Currency!, now))]);
        database.Stores.Add(store);
        database.Menus.Add(menu);
        database.Say(id, new StoreRegistered(id, store.Name, store.Location.ToPlace(), store.Currency, now));
        return StoreView.Of(store, menu, rating: null, now);
    }

    private static DeliveryTerms DeliveryOf(RegisterStore command) =>
        new(
            command.Delivery!.RadiusMetres,
            new Money(command.Delivery.BaseFee, command.Currency!),
            [
                .. (command.Delivery.Bands ?? []).Select(band => new FeeBand(
                    band.FromMetres,
                    new Money(band.Surcharge, command.Currency!)
                )),
            ],
            command.Delivery.FreeFrom is { } freeFrom ? new Money(freeFrom, command.Currency!) : null
        );
}

internal static class RegisterStoreEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/stores", RegisterAsync)
            .RequireRole(Roles.Operator)
            .WithName("RegisterStore")
            .WithSummary("Opens a store on the platform, with its menu.")
            .Produces<StoreView>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> RegisterAsync(
        RegisterStore body,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(body, cancellationToken)).ToCreated(store => $"/api/stores/{store.StoreId}");
}
