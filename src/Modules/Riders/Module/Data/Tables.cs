using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Riders.Domain;

namespace Riders.Data;

internal sealed class RiderTable : IEntityTypeConfiguration<Rider>
{
    public void Configure(EntityTypeBuilder<Rider> rider)
    {
        rider.ToTable("rider");
        rider.HasKey(row => row.RiderId);
        rider.Property(row => row.Name).HasMaxLength(100);
        rider.HasIndex(row => row.OnShift);
    }
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("delivery");
        delivery.HasKey(row => row.DeliveryId);
        delivery.Ignore(row => row.LiveOffer);
        delivery.Property(row => row.StoreName).HasMaxLength(200);
        delivery.Property(row => row.StoreAddress).HasMaxLength(500);
        delivery.Property(row => row.DropOffAddress).HasMaxLength(500);
        delivery.Property(row => row.FailureReason).HasMaxLength(40);
        delivery.ComplexProperty(
            row => row.Pay,
            pay => pay.Property(money => money.Currency).HasMaxLength(3)
        );
        delivery.HasIndex(row => row.OrderId).IsUnique();
        delivery.HasIndex(row => row.DueAt);
        delivery.HasIndex(row => new { row.RiderId, row.Status });
        delivery.HasIndex(row => new { row.RequestedAt, row.DeliveryId });
        delivery.OwnsMany(
            row => row.Offers,
            offer =>
            {
                offer.ToTable("delivery_offer");
                offer.WithOwner().HasForeignKey("DeliveryId");
                offer.HasKey(row => row.OfferId);
                offer.Property(row => row.OfferId).ValueGeneratedNever();
                offer.HasIndex(row => new { row.RiderId, row.State });
            }
        );
    }
}

internal sealed class EarningTable : IEntityTypeConfiguration<Earning>
{
    public void Configure(EntityTypeBuilder<Earning> earning)
    {
        earning.ToTable("earning");
        earning.HasKey(row => row.DeliveryId);
        earning.ComplexProperty(row => row.Pay, pay => pay.Property(money => money.Currency).HasMaxLength(3));
        earning.HasIndex(row => new { row.RiderId, row.Day });
    }
}

internal sealed class RiderLocationTable : IEntityTypeConfiguration<RiderLocation>
{
    public void Configure(EntityTypeBuilder<RiderLocation> location)
    {
        location.ToTable("rider_location");
        location.HasKey(row => row.RiderId);
        location.HasIndex(row => row.At);
    }
}
