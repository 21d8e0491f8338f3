using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Pages;
using Reviews.Domain;
using Reviews.Features;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Reviews.Pages;

internal sealed record StoreReviewsView(
    StoreRatingView Rating,
    IReadOnlyList<ReviewView> Reviews,
    string Sort,
    string? Next
);

/// <summary>An order's review, or the form for it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="MayReview">Whether the visitor may write one.</param>
/// <param name="Review">What they wrote.</param>
/// <param name="Draft">What they are writing, in a form that comes back.</param>
internal sealed record OrderReviewView(
    Guid OrderId,
    bool MayReview,
    ReviewView? Review,
    ReviewDraft? Draft = null
);

/// <summary>A review as somebody wrote it into a form that was refused.</summary>
internal sealed record ReviewDraft(int Food, int Delivery, string Text, Error Refusal);

/// <summary>A store's answer as somebody wrote it into a form that was refused.</summary>
internal sealed record ReplyDraft(ReviewView Review, string Text, Error Refusal);

/// <summary>A review in its author's form.</summary>
/// <param name="ReviewId">Which.</param>
/// <param name="Food">1 to 5.</param>
/// <param name="Delivery">1 to 5.</param>
/// <param name="Text">As others read it: what is masked stays masked.</param>
/// <param name="EditableUntil">When it is too late; null in a form that comes back.</param>
/// <param name="Refusal">Why it was not taken.</param>
internal sealed record EditReviewView(
    Guid ReviewId,
    int Food,
    int Delivery,
    string Text,
    DateTimeOffset? EditableUntil,
    Error? Refusal
)
{
    public static EditReviewView Of(ReviewView review) =>
        new(
            review.ReviewId,
            review.FoodRating,
            review.DeliveryRating,
            review.Text,
            review.EditableUntil,
            Refusal: null
        );
}

/// <summary>What people think: shown in the pages of stores and orders, and on pages of their own.</summary>
internal static class ReviewPages
{
    private const int Shown = 20;
    private const int Looked = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/reviews").ExcludeFromDescription();
        pages.MapPage("/of-store/{storeId:guid}", ShowOfStoreAsync).AllowAnonymous();
        pages.MapPage("/of-order/{orderId:guid}", ShowOfOrderAsync).RequireRole(Roles.Customer);
        pages.MapPage("/figures", ShowFiguresAsync).RequireRole(Roles.Operator);
        pages.MapPage("/mine", ShowMineAsync).RequireRole(Roles.Customer);
        pages.MapPage("/of-my-store", ShowOfMyStoreAsync).RequireRole(Roles.Store);
        pages.MapForm("", PublishAsync).RequireRole(Roles.Customer);
        pages.MapPage("/{id:guid}/edit", ShowToEditAsync).RequireRole(Roles.Customer);
        pages.MapForm("/{id:guid}/edit", EditAsync).RequireRole(Roles.Customer);
        pages.MapForm("/{id:guid}/remove", RemoveAsync).RequireRole(Roles.Customer);
        pages.MapForm("/{id:guid}/reply", ReplyAsync).RequireRole(Roles.Store);
    }

    private static async Task<IResult> ShowOfStoreAsync(
        Guid storeId,
        string? sort,
        string? cursor,
        HttpContext http,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var reader = Caller.From(http.User);
        var view = await ReadAsync(storeId, sort, cursor, reader, sender, cancellationToken);
        return view.IsDone ? Page.For<StoreReviews>(http, view.Value) : view.Error.ToProblem();
    }

    private static async Task<IResult> ShowOfMyStoreAsync(
        string? sort,
        string? cursor,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var storeId = caller.StoreId ?? Guid.Empty;
        var view = await ReadAsync(storeId, sort, cursor, caller, sender, cancellationToken);
        return view.IsDone ? Page.Of<StoreReviews>(view.Value) : view.Error.ToProblem();
    }

    private static async Task<Result<StoreReviewsView>> ReadAsync(
        Guid storeId,
        string? sort,
        string? cursor,
        Caller? reader,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        sort = sort is not null && ReviewOrder.IsKnown(sort) ? sort : ReviewOrder.Newest;
        var rating = await sender.SendAsync(new GetStoreRating(storeId), cancellationToken);
        var reviews = await sender.SendAsync(
            new ListReviews(storeId, sort, cursor, Shown, reader),
            cancellationToken
        );
        return !rating.IsDone ? rating.Error
            : !reviews.IsDone ? reviews.Error
            : new StoreReviewsView(rating.Value, reviews.Value.Items, sort, reviews.Value.Next);
    }

    private static async Task<IResult> ShowOfOrderAsync(
        Guid orderId,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var mine = await sender.SendAsync(new ListMyReviews(caller, Cursor: null, Looked), cancellationToken);
        var eligible = await sender.SendAsync(
            new ListEligibleOrders(caller.UserId, Cursor: null, Looked),
            cancellationToken
        );
        var view = new OrderReviewView(
            orderId,
            eligible.IsDone && eligible.Value.Items.Any(order => order.OrderId == orderId),
            mine.IsDone ? mine.Value.Items.FirstOrDefault(review => review.OrderId == orderId) : null
        );
        return Page.For<OrderReview>(http, view);
    }

    private static async Task<IResult> ShowFiguresAsync(
        HttpContext http,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var figures = await sender.SendAsync(new ShowFigures(), cancellationToken);
        return figures.IsDone ? Page.For<ReviewFigures>(http, figures.Value) : figures.Error.ToProblem();
    }

    private static async Task<IResult> ShowMineAsync(
        string? cursor,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var mine = await sender.SendAsync(new ListMyReviews(caller, cursor, Shown), cancellationToken);
        return mine.IsDone ? Page.Of<MyReviews>(mine.Value) : mine.Error.ToProblem();
    }

    private static async Task<IResult> PublishAsync(
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var order = form.Id("order") ?? Guid.Empty;
        var command = new PublishReview(
            order,
            caller,
            form.Number("food") ?? 0,
            form.Number("delivery") ?? 0,
            PlainText.Tidy(form["text"])
        );
        var published = await sender.SendAsync(command, cancellationToken);
        return published.Error is { Kind: ErrorKind.Invalid } refusal
            ? Page.Refused<OrderReview>(
                refusal,
                new OrderReviewView(
                    order,
                    MayReview: true,
                    Review: null,
                    new ReviewDraft(command.FoodRating, command.DeliveryRating, form["text"] ?? "", refusal)
                )
            )
            : published.Then<OrderReview, ReviewView>(http, $"/orders/{order}");
    }

    private static async Task<IResult> ShowToEditAsync(
        Guid id,
        Caller caller,
        Sender sender,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var found = await sender.SendAsync(new GetReview(id, caller), cancellationToken);
        if (!found.IsDone)
            return found.Error.ToProblem();
        if (found.Value.EditableUntil is not { } until)
            return ReviewErrors.NotYourReview.ToProblem();
        return until > clock.GetUtcNow()
            ? Page.Of<EditReviewPage>(EditReviewView.Of(found.Value))
            : ReviewErrors.EditWindowClosed.ToProblem();
    }

    private static async Task<IResult> EditAsync(
        Guid id,
        PageForm form,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var typed = new EditReviewView(
            id,
            form.Number("food") ?? 0,
            form.Number("delivery") ?? 0,
            form["text"] ?? "",
            EditableUntil: null,
            Refusal: null
        );
        var edited = await sender.SendAsync(
            new EditReview(id, caller, typed.Food, typed.Delivery, PlainText.Tidy(typed.Text)),
            cancellationToken
        );
        return edited.IsDone
            ? Page.SeeOther("/reviews/mine")
            : Page.Refused<EditReviewPage>(edited.Error, typed with { Refusal = edited.Error });
    }

    private static async Task<IResult> RemoveAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) =>
        (await sender.SendAsync(new RemoveReview(id, caller), cancellationToken)).Then<MyReviews, Nothing>(
            http,
            "/reviews/mine"
        );

    private static async Task<IResult> ReplyAsync(
        Guid id,
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var replied = await sender.SendAsync(
            new ReplyToReview(id, caller, PlainText.Tidy(form["text"])),
            cancellationToken
        );
        if (replied.Error is { Kind: ErrorKind.Invalid } refusal)
        {
            var review = await sender.SendAsync(new GetReview(id, caller), cancellationToken);
            if (review.IsDone)
                return Page.Refused<ReplyPage>(
                    refusal,
                    new ReplyDraft(review.Value, form["text"] ?? "", refusal)
                );
        }
        return replied.Then<StoreReviews, ReviewView>(http, "/reviews/of-my-store");
    }
}
