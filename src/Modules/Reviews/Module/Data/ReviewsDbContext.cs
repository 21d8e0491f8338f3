using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Reviews.Domain;

namespace Reviews.Data;

/// <summary>The module's own database, schema <c>reviews</c>.</summary>
internal sealed class ReviewsDbContext(DbContextOptions<ReviewsDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "reviews", clock)
{
    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<ReviewEligibility> Eligibilities => Set<ReviewEligibility>();

    public DbSet<StoreRating> StoreRatings => Set<StoreRating>();

    public DbSet<RiderStanding> RiderStandings => Set<RiderStanding>();

    public DbSet<UndeliveredOrder> UndeliveredOrders => Set<UndeliveredOrder>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.ComplexProperties<ScoreTally>();
        configurationBuilder.ComplexProperties<OwnerReply>();
        configurationBuilder.ComplexProperties<Dispute>();
    }

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Ignore<Scores>();
        model.Entity<Review>(Configure);
        model.Entity<ReviewEligibility>(Configure);
        model.Entity<StoreRating>(Configure);
        model.Entity<RiderStanding>(Configure);
        model.Entity<UndeliveredOrder>(Configure);
    }

    private static void Configure(EntityTypeBuilder<Review> review)
    {
        review.ToTable("review");
        review.HasKey(row => row.ReviewId);
        review.Property(row => row.Text).HasMaxLength(Review.LongestText);
        review.ComplexProperty(
            row => row.Reply,
            reply => reply.Property(row => row.Text).HasMaxLength(Review.LongestText)
        );
        review.ComplexProperty(
            row => row.Dispute,
            dispute => dispute.Property(row => row.Reason).HasMaxLength(Review.LongestText)
        );
        review.OwnsMany(row => row.Reports, reports => reports.ToJson());
        review.HasIndex(row => row.OrderId).IsUnique();
        review.HasIndex(row => new
        {
            row.StoreId,
            row.Status,
            row.WrittenAt,
        });
        review.HasIndex(row => new
        {
            row.StoreId,
            row.Status,
            row.FoodRating,
            row.WrittenAt,
        });
        review.HasIndex(row => new { row.AuthorId, row.WrittenAt });
        review.HasIndex(row => row.DisputeDeadline);
        review.HasIndex(row => row.OpenReports);
    }

    private static void Configure(EntityTypeBuilder<ReviewEligibility> order)
    {
        order.ToTable("review_eligibility");
        order.HasKey(row => row.OrderId);
        order.HasIndex(row => new { row.CustomerId, row.DeliveredAt });
    }

    private static void Configure(EntityTypeBuilder<StoreRating> rating)
    {
        rating.ToTable("store_rating");
        rating.HasKey(row => row.StoreId);
        rating.ComplexProperty(row => row.Food);
        rating.ComplexProperty(row => row.Delivery);
    }

    private static void Configure(EntityTypeBuilder<RiderStanding> standing)
    {
        standing.ToTable("rider_standing");
        standing.HasKey(row => row.RiderId);
        standing.ComplexProperty(row => row.Scores);
    }

    private static void Configure(EntityTypeBuilder<UndeliveredOrder> order)
    {
        order.ToTable("undelivered_order");
        order.HasKey(row => row.OrderId);
        order.Property(row => row.Reason).HasMaxLength(200);
        order.Property(row => row.Fault).HasMaxLength(40);
        order.HasIndex(row => row.RiderId);
    }
}
