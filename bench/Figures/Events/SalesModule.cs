using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Commands;
using Platform.Data;
using Platform.Domain;
using Platform.Modules;

namespace Figures.Events;

/// <summary>The module whose events are delivered.</summary>
internal sealed class SalesModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition.Named("Sales", typeof(SalesModule).Assembly).WithDatabase<SalesDbContext>();

    public void AddServices(IServiceCollection services, IConfiguration settings) { }

    public void MapEndpoints(IEndpointRouteBuilder routes) { }
}

internal sealed class SalesDbContext(DbContextOptions<SalesDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "sales", clock)
{
    protected override void ConfigureModel(ModelBuilder model) =>
        model.Entity<Sale>(sale => sale.ToTable("sale").HasIndex(row => new { row.CustomerId, row.MadeAt }));
}

internal sealed record MakeSale(SaleMade Made) : ICommand<Nothing>;

internal sealed class MakeSaleHandler(SalesDbContext database) : ICommandHandler<MakeSale, Nothing>
{
    public Task<Result<Nothing>> Handle(MakeSale command, CancellationToken cancellationToken)
    {
        database.Add(Sale.Of(command.Made));
        database.Say(command.Made.SaleId, command.Made);
        return Task.FromResult(Nothing.Done);
    }
}
