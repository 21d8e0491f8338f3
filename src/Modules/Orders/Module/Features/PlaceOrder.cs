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
    string? Note
) : ICommand<OrderView>, IIdempotentCommand, IBasket
{
    public Guid CallerId => Caller.UserId;

    /// <summary>Keeps the payment token, the address and the note out of logs.</summary>
    public override string ToString() => $"{nameof(PlaceOrder)} at {StoreId}";
}

internal sealed class PlaceOrderValidator : BasketRules<PlaceOrder>
{
    public PlaceOrderValidator()
    {
        RuleFor(command => command.PaymentToken).NotEmpty().MaximumLength(200);
        RuleFor(command => command.Note).MaximumLength(500).PlainText();
    }
}

internal sealed class PlaceOrderHandler(
    OrdersDbContext database,
    Shops shops,
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

        var authorisation = await gateway.AuthoriseAsync(
            PaymentReference.For(command.CallerId, command.IdempotencyKey),
            command.PaymentToken!,
            quote.Value.Total,
            cancellationToken
        );
        if (authorisation.Outcome != AuthorisationOutcome.Approved)
            return PaymentErrors.Of(authorisation.Outcome);

        var order = Order.Place(
            Guid.CreateVersion7(now),
            command.CallerId,
            shop.Store,
            quote.Value,
            address,
            string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(),
            authorisation.Reference,
            options.Value.AnswerWithin,
            now
        );
        database.Orders.Add(order);
        database.SayNewsOf(order);
        return OrderView.Of(order, command.Caller);
    }
}

internal sealed record PlaceOrderBody(
    Guid? StoreId,
    IReadOnlyList<BasketItem?>? Items,
    BasketAddress? Address,
    string? PaymentToken,
    string? Note
);

internal static class PlaceOrderEndpoint
{
    private const int LongestKey = 200;

    private static readonly Error KeyRequired = Error.Invalid(
        "idempotency_key_required",
        $"Send a header Idempotency-Key of 1 to {LongestKey} characters, new for each order you mean to place."
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/orders", PlaceAsync)
            .RequireRole(Roles.Customer)
            .WithName("PlaceOrder")
            .WithSummary("Places an order. The same Idempotency-Key with the same body places it once.")
            .Produces<OrderView>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>
    /// A client that hangs up does not stop it: between the authorisation and the save, stopping would leave
    /// money held for no order.
    /// </summary>
    private static async Task<IResult> PlaceAsync(
        PlaceOrderBody body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        Caller caller,
        Sender sender
    )
    {
        if (string.IsNullOrWhiteSpace(idempotencyKey) || idempotencyKey.Length > LongestKey)
            return KeyRequired.ToProblem();
        var placed = await sender.SendAsync(
            new PlaceOrder(
                caller,
                idempotencyKey,
                body.StoreId,
                body.Items,
                body.Address,
                body.PaymentToken,
                body.Note
            ),
            CancellationToken.None
        );
        if (placed.Error == PaymentErrors.TimedOut)
        {
            await sender.SendAsync(
                new ReleaseUnknownAuthorisation(caller.UserId, idempotencyKey),
                CancellationToken.None
            );
        }
        return placed.ToCreated(order => $"/api/orders/{order.OrderId}");
    }
}
