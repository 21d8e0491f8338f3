using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orders.Contracts;
using Platform.Modules;
using Reviews.Data;
using Reviews.Features;
using Reviews.Integration;
using Reviews.Pages;

namespace Reviews;

/// <summary>What customers say of delivered orders, and what that adds up to for stores and riders.</summary>
public sealed class ReviewsModule : IModule
{
    /// <inheritdoc/>
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Reviews", typeof(ReviewsModule).Assembly)
            .WithDatabase<ReviewsDbContext>()
            .WithPaths("/api/reviews", "/reviews")
            .AndReads<ReviewsOptions>()
            .AndHandles<OrderDelivered, OrderDeliveredHandler>()
            .AndHandles<OrderUndeliverable, OrderUndeliverableHandler>()
            .AndSweeps<LapseDisputes>()
            .WithFigures<ReviewsFigures>();

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(ReviewsOptions.Read(settings)).AddScoped<ReviewLedger>();
    }

    /// <inheritdoc/>
    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var reviews = routes.MapGroup("/api/reviews").WithTags("Reviews");

        ListReviewsEndpoint.Map(reviews);
        GetReviewEndpoint.Map(reviews);
        GetStoreRatingEndpoint.Map(reviews);

        ListEligibleOrdersEndpoint.Map(reviews);
        PublishReviewEndpoint.Map(reviews);
        EditReviewEndpoint.Map(reviews);
        RemoveReviewEndpoint.Map(reviews);
        ListMyReviewsEndpoint.Map(reviews);

        ReplyToReviewEndpoint.Map(reviews);
        DisputeReviewEndpoint.Map(reviews);
        ReportReviewEndpoint.Map(reviews);

        ListReviewsToModerateEndpoint.Map(reviews);
        HideReviewEndpoint.Map(reviews);
        RestoreReviewEndpoint.Map(reviews);
        RebuildStoreRatingEndpoint.Map(reviews);

        GetRiderStandingEndpoint.Map(reviews);

        ReviewPages.Map(routes);
    }
}
