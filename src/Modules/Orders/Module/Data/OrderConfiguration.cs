using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Orders.Domain;
using Platform.Domain;

namespace Orders.Data;

internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("order");
        order.HasKey(row => row.Id);
        order.Property(row => row.StoreName).HasMaxLength(100);
        order.Property(row => row.StoreAddress).HasMaxLength(200);
        order.ComplexProperty(row => row.Subtotal, Columns.Money);
        order.ComplexProperty(row => row.DeliveryFee, Columns.Money);
        order.ComplexProperty(row => row.Total, Columns.Money);
        order.Property(row => row.AddressLine).HasMaxLength(200);
        order.Property(row => row.Note).HasMaxLength(500);
        order.Property(row => row.PaymentReference).HasMaxLength(100);
        order.HasOne(row => row.Settlement).WithOne().HasForeignKey<Settlement>(row => row.OrderId);

        order.HasIndex(row => new
        {
            row.CustomerId,
            row.PlacedAt,
            row.Id,
        });
        order.HasIndex(row => new
        {
            row.StoreId,
            row.PlacedAt,
            row.Id,
        });
        order.HasIndex(row => new { row.PlacedAt, row.Id });
        order.HasIndex(row => row.AnswerBy).HasFilter("\"AnswerBy\" IS NOT NULL");
    }
}

internal sealed class SettlementConfiguration : IEntityTypeConfiguration<Settlement>
{
    public void Configure(EntityTypeBuilder<Settlement> settlement)
    {
        settlement.ToTable("settlement");
        settlement.HasKey(row => row.Id);
        settlement.Property(row => row.Reference).HasMaxLength(100);
        settlement.Property(row => row.LastFailure).HasMaxLength(200);
        settlement.HasIndex(row => row.DueAt).HasFilter("\"DueAt\" IS NOT NULL");
    }
}

internal sealed class PaymentIntentionConfiguration : IEntityTypeConfiguration<PaymentIntention>
{
    public void Configure(EntityTypeBuilder<PaymentIntention> intention)
    {
        intention.ToTable("payment_intention");
        intention.HasKey(row => row.OrderId);
        intention.HasIndex(row => row.DueAt);
    }
}

/// <summary>How values that span columns are laid out.</summary>
internal static class Columns
{
    public static void Money(ComplexPropertyBuilder<Money> money) =>
        money.Property(value => value.Currency).HasMaxLength(3).IsFixedLength();
}
