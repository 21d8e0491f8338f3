using Microsoft.EntityFrameworkCore;
using Orders.Domain;
using Platform.Data;
using Platform.Domain;

namespace Orders.Data;

/// <summary>The module's own database.</summary>
internal sealed class OrdersDbContext(DbContextOptions<OrdersDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "orders", clock)
{
    public DbSet<Store> Stores => Set<Store>();

    public DbSet<Menu> Menus => Set<Menu>();

    public DbSet<StoreRating> Ratings => Set<StoreRating>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Settlement> Settlements => Set<Settlement>();

    public DbSet<PaymentIntention> PaymentIntentions => Set<PaymentIntention>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.ComplexProperties<Money>();
        configurationBuilder.ComplexProperties<GeoPoint>();
        configurationBuilder.AreJson<OpeningHours>();
        configurationBuilder.AreJson<DeliveryTerms>();
        configurationBuilder.AreJson<IReadOnlyList<MenuItem>>();
        configurationBuilder.AreJson<IReadOnlyList<OrderLine>>();
        configurationBuilder.AreJson<IReadOnlyList<TimelineEntry>>();
    }

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.ApplyConfiguration(new StoreConfiguration());
        model.ApplyConfiguration(new MenuConfiguration());
        model.ApplyConfiguration(new StoreRatingConfiguration());
        model.ApplyConfiguration(new OrderConfiguration());
        model.ApplyConfiguration(new SettlementConfiguration());
        model.ApplyConfiguration(new PaymentIntentionConfiguration());
    }
}
