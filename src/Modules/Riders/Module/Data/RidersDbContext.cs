using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Domain;
using Riders.Domain;

namespace Riders.Data;

/// <summary>The riders' own database. What it saves of a rider's state, <see cref="RiderLocations"/> is told of.</summary>
internal sealed class RidersDbContext(
    DbContextOptions<RidersDbContext> options,
    TimeProvider clock,
    RiderLocations locations,
    DeliveryRules rules
) : ModuleDbContext(options, "riders", clock)
{
    public DbSet<Rider> Riders => Set<Rider>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<Earning> Earnings => Set<Earning>();
    public DbSet<RiderLocation> Locations => Set<RiderLocation>();

    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        foreach (var rider in ChangeTracker.Entries<Rider>().Select(entry => entry.Entity))
            locations.NoteWhetherFree(rider.RiderId, rider.MayBeOffered(rules.MaximumLoad));
        return saved;
    }

    protected override void ConfigureModel(ModelBuilder model) =>
        model.ApplyConfigurationsFromAssembly(typeof(RidersDbContext).Assembly);

    /// <summary>Values are named beforehand, or EF takes them for entities at first sight.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.IgnoreAny<Leg>();
        configurationBuilder.ComplexProperties<GeoPoint>();
        configurationBuilder.ComplexProperties<Money>();
        configurationBuilder.ComplexProperties<Promise>();
    }
}
