using Fidgets.Domain;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Fidgets.Data;

internal sealed class FidgetsDbContext(DbContextOptions<FidgetsDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "fidgets", clock)
{
    protected override void ConfigureModel(ModelBuilder model) =>
        model.Entity<Fidget>(fidget =>
        {
            fidget.ToTable("fidget");
            fidget.HasKey(row => row.Id);
            fidget.OwnsOne(row => row.Worth);
        });
}
