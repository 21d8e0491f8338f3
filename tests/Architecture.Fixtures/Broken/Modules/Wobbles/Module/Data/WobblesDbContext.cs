using Microsoft.EntityFrameworkCore;
using Mumbles.Domain;
using Platform.Data;
using Wobbles.Domain;

namespace Wobbles.Data;

internal sealed class WobblesDbContext(DbContextOptions<WobblesDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "discounts", clock)
{
    protected override void ConfigureModel(ModelBuilder model)
    {
        model.HasDefaultSchema("discounts");
        model.Entity<Wobble>().ToTable("wobble", "wobbles");
        model.Entity<Tier>().ToTable("tier", "mumbles");
        model.Entity<Use>(use =>
        {
            use.ToTable("use", "wobbles");
            use.HasOne<Tier>().WithMany().HasForeignKey(row => row.TierId);
        });
        model.Entity<Glance>().HasKey(glance => glance.TierId);
        model.Entity<Glance>().ToView("glance", "mumbles");
    }
}

internal sealed class Use
{
    public Guid Id { get; set; }

    public Guid TierId { get; set; }
}

internal sealed class Glance
{
    public Guid TierId { get; set; }
}

internal sealed class SpareDbContext(DbContextOptions<SpareDbContext> options) : DbContext(options);
