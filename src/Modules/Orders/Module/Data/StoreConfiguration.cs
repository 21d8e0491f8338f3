using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Orders.Domain;

namespace Orders.Data;

internal sealed class StoreConfiguration : IEntityTypeConfiguration<Store>
{
    public void Configure(EntityTypeBuilder<Store> store)
    {
        store.ToTable("store");
        store.HasKey(row => row.Id);
        store.Property(row => row.Name).HasMaxLength(100);
        store.Property(row => row.Description).HasMaxLength(300);
        store.Property(row => row.Address).HasMaxLength(200);
        store.ComplexProperty(row => row.Minimum, Columns.Money);
        store.HasIndex(row => new { row.RegisteredAt, row.Id });
    }
}

internal sealed class MenuConfiguration : IEntityTypeConfiguration<Menu>
{
    public void Configure(EntityTypeBuilder<Menu> menu)
    {
        menu.ToTable("menu");
        menu.HasKey(row => row.StoreId);
    }
}

internal sealed class StoreRatingConfiguration : IEntityTypeConfiguration<StoreRating>
{
    public void Configure(EntityTypeBuilder<StoreRating> rating)
    {
        rating.ToTable("store_rating");
        rating.HasKey(row => row.StoreId);
    }
}
