using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Hiccups.Data;

internal sealed class HiccupsDbContext(DbContextOptions<HiccupsDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "hiccups", clock)
{
    protected override void ConfigureModel(ModelBuilder model) { }
}
