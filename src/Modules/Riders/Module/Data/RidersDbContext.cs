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

    protected override void OnSaved(IEnumerable<object> entities)
    {
        foreach (var rider in entities.OfType<Rider>())
            locations.NoteWhetherFree(rider.RiderId, rider.MayBeOffered(rules.MaximumLoad));
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
