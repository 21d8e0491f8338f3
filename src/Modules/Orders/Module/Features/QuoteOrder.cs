using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>What would this basket cost? Refused for the same reasons as placing it.</summary>
internal sealed record QuoteOrder(
    Guid? StoreId,
    [property: MaxLength(BasketSizes.MostItems)] IReadOnlyList<BasketItem?>? Items,
    BasketAddress? Address
) : IQuery<QuoteView>, IBasket;

internal sealed class QuoteOrderValidator : BasketRules<QuoteOrder>;

internal sealed record QuoteView(
    Guid StoreId,
    IReadOnlyList<LineView> Lines,
    Money Subtotal,
    Money DeliveryFee,
    Money Total
)
{
    public static QuoteView Of(Quote quote) =>
        new(
            quote.StoreId,
            [.. quote.Lines.Select(LineView.Of)],
            quote.Subtotal,
            quote.DeliveryFee,
            quote.Total
        );
}

internal sealed class QuoteOrderHandler(Shops shops, IOptions<OrdersOptions> options, TimeProvider clock)
    : IQueryHandler<QuoteOrder, QuoteView>
{
    public async Task<Result<QuoteView>> Handle(QuoteOrder query, CancellationToken cancellationToken)
    {
        var shop = await shops.FindAsync(query.StoreId!.Value);
        if (shop is null)
            return StoreView.NotFound;
        var quote = Quote.For(
            shop.Store,
            shop.Menu,
            query.Selections(),
            query.DropOff().Point,
            options.Value.Limits,
            clock.GetUtcNow()
        );
        return quote.IsDone ? QuoteView.Of(quote.Value) : quote.Error;
    }
}

internal static class QuoteOrderEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/api/orders/quotes", QuoteAsync)
            .RequireRole(Roles.Customer)
            .WithName("QuoteOrder")
            .WithSummary("Prices a basket without placing it.")
            .Produces<QuoteView>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> QuoteAsync(
        QuoteOrder body,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(body, cancellationToken)).ToHttp();
}
