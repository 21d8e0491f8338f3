using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Domain;
using Orders.Payments;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>Prices a basket, authorises its total and places the order, once per idempotency key.</summary>
internal sealed record PlaceOrder(
    Caller Caller,
    string IdempotencyKey,
    Guid? StoreId,
    IReadOnlyList<BasketItem?>? Items,
    BasketAddress? Address,
    string? PaymentToken,
    string? Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Money? ExpectedTotal
) : ICommand<OrderView>, IIdempotentCommand, IBasket
{
    public Guid CallerId => Caller.UserId;

    /// <summary>The orders under whose references the gateway was asked so far, one for each attempt.</summary>
    [JsonIgnore]
    public List<Guid> Intended { get; } = [];

    /// <summary>Keeps the payment token, the address and the note out of logs.</summary>
    public override string ToString() => $"{nameof(PlaceOrder)} at {StoreId}";
}

internal sealed class PlaceOrderValidator : BasketRules<PlaceOrder>
{
    public PlaceOrderValidator()
    {
        RuleFor(command => command.PaymentToken).IsRequiredLine(200);
        RuleFor(command => command.Note).IsText(500);
    }
}

internal sealed class PlaceOrderHandler(
    OrdersDbContext database,
    Shops shops,
    Intentions intentions,
    IPaymentGateway gateway,
    IOptions<OrdersOptions> options,
    TimeProvider clock
) : ICommandHandler<PlaceOrder, OrderView>
{
    public async Task<Result<OrderView>> Handle(PlaceOrder command, CancellationToken cancellationToken)
    {
        var shop = await shops.FindAsync(command.StoreId!.Value);
        if (shop is null)
            return StoreView.NotFound;
        var now = clock.GetUtcNow();
        var (address, limits) = (command.DropOff(), options.Value.Limits);
        var quote = Quote.For(shop.Store, shop.Menu, command.Selections(), address.Point, limits, now);
        if (!quote.IsDone)
            return quote.Error;

        if (command.ExpectedTotal is { } expected && expected != quote.Value.Total)
            return PriceChanged(quote.Value);
        var intended = await intentions.TakeAsync();
        if (!intended.IsDone)
            return intended.Error;
        var intention = intended.Value;
        command.Intended.Add(intention.OrderId);
        var authorisation = await gateway.AuthoriseAsync(
            intention.Reference,
            command.PaymentToken!,
            quote.Value.Total,
            cancellationToken
        );
        if (authorisation.Outcome != AuthorisationOutcome.Approved)
            return PaymentErrors.Of(authorisation.Outcome);

        var order = Order.Place(
            intention.OrderId,
            command.CallerId,
            shop.Store,
            quote.Value,
            address,
            PlainText.TidyOrNull(command.Note),
            authorisation.Reference,
            options.Value.AnswerWithin,
            now
        );
        database.Orders.Add(order);
        database.SayNewsOf(order);
        return OrderView.Of(order, command.Caller);
    }

    private static Error PriceChanged(Quote quote) =>
        Error.Conflict(
            "price_changed",
            $"The price has changed: it costs {quote.Total} now. Nothing was ordered; look again and decide."
        ) with
        {
            Details = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["quote"] = QuoteView.Of(quote),
            },
        };
}

internal static class Placing
{
    /// <summary>
    /// Places an order. When the answer is an order that was there before, as for a repetition or the slower of two
    /// twins, what was held meanwhile is given back without waiting for its deadline. A caller who hangs up does not
    /// stop it: between the authorisation and the save, stopping would leave money held for no order.
    /// </summary>
    public static async Task<Result<OrderView>> PlaceAsync(this Sender sender, PlaceOrder command)
    {
        var placed = await sender.SendAsync(command, CancellationToken.None);
        if (placed.IsDone)
        {
            command.Intended.Remove(placed.Value.OrderId);
            if (command.Intended.Count > 0)
                await sender.SendAsync(new GiveUpIntentions(command.Intended), CancellationToken.None);
        }
        return placed;
    }
}

/// <summary>An order as a client sends it.</summary>
/// <param name="StoreId">Where from.</param>
/// <param name="Items">What, at least one.</param>
/// <param name="Address">Where to.</param>
/// <param name="PaymentToken">How it is paid; kept nowhere.</param>
/// <param name="Note">A word to the store.</param>
/// <param name="ExpectedTotal">What the customer was shown; at any other total nothing is ordered. Null takes whatever it costs.</param>
internal sealed record PlaceOrderBody(
    Guid? StoreId,
    [property: MaxLength(BasketSizes.MostItems)] IReadOnlyList<BasketItem?>? Items,
    BasketAddress? Address,
    string? PaymentToken,
    string? Note,
    Money? ExpectedTotal = null
);

internal static class PlaceOrderEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/orders", PlaceAsync)
            .RequireRole(Roles.Customer)
            .WithName("PlaceOrder")
            .WithSummary(
                "Places an order. The same Idempotency-Key with the same body places it once; at another total than the expected one it is 409 with the new quote."
            )
            .Produces<OrderView>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PlaceAsync(
        PlaceOrderBody body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        Caller caller,
        Sender sender
    )
    {
        var placed = await sender.PlaceAsync(
            new PlaceOrder(
                caller,
                idempotencyKey ?? "",
                body.StoreId,
                body.Items,
                body.Address,
                body.PaymentToken,
                body.Note,
                body.ExpectedTotal
            )
        );
        return placed.ToCreated(order => $"/api/orders/{order.OrderId}");
    }
}
