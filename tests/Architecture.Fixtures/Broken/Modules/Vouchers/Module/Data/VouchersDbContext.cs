using Loyalty.Domain;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Vouchers.Domain;

namespace Vouchers.Data;

internal sealed class VouchersDbContext(DbContextOptions<VouchersDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "discounts", clock)
{
    protected override void ConfigureModel(ModelBuilder model)
    {
        model.HasDefaultSchema("discounts");
        model.Entity<Voucher>().ToTable("voucher", "vouchers");
        model.Entity<Tier>().ToTable("tier", "loyalty");
        model.Entity<Use>(use =>
        {
            use.ToTable("use", "vouchers");
            use.HasOne<Tier>().WithMany().HasForeignKey(row => row.TierId);
        });
        model.Entity<Glance>().HasKey(glance => glance.TierId);
        model.Entity<Glance>().ToView("glance", "loyalty");
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
