using Coupons.Domain;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Coupons.Data;

/// <summary>The module's own database, schema <c>coupons</c>.</summary>
internal sealed class CouponsDbContext(DbContextOptions<CouponsDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "coupons", clock)
{
    public DbSet<Coupon> Coupons => Set<Coupon>();

    public DbSet<DeliveredOrder> DeliveredOrders => Set<DeliveredOrder>();

    protected override void ConfigureModel(ModelBuilder model)
    {
        model.Entity<Coupon>(coupon =>
        {
            coupon.ToTable("coupon");
            coupon.HasKey(row => row.CouponId);
            coupon.Property(row => row.Name).HasMaxLength(Coupon.LongestName);
        });
        model.Entity<DeliveredOrder>(order =>
        {
            order.ToTable("delivered_order");
            order.HasKey(row => row.OrderId);
            order.HasIndex(row => row.DeliveredAt);
        });
    }
}
