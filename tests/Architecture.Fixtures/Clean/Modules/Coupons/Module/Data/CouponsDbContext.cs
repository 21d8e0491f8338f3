using Coupons.Domain;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Coupons.Data;

internal sealed class CouponsDbContext(DbContextOptions<CouponsDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "coupons", clock)
{
    protected override void ConfigureModel(ModelBuilder model) =>
        model.Entity<Coupon>(coupon =>
        {
            coupon.ToTable("coupon");
            coupon.HasKey(row => row.Id);
            coupon.OwnsOne(row => row.Worth);
        });
}
