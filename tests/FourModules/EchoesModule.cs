using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orders.Contracts;
using Platform.Data;
using Platform.Modules;
using Reviews.Contracts;
using Riders.Contracts;

namespace FourModules;

/// <summary>Notes what it hears of every other module, once for each time that it is told.</summary>
public sealed class EchoesModule : IModule
{
    public ModuleDefinition Define() =>
        ModuleDefinition
            .Named("Echoes", typeof(EchoesModule).Assembly)
            .WithDatabase<EchoesDbContext>()
            .WithPaths("/api/echoes")
            .AndHandles<OrderAccepted, OrderAcceptedHandler>()
            .AndHandles<OrderReady, OrderReadyHandler>()
            .AndHandles<OrderDelivered, OrderDeliveredHandler>()
            .AndHandles<DeliveryCompleted, DeliveryCompletedHandler>()
            .AndHandles<StoreRatingChanged, StoreRatingChangedHandler>();

    public void AddServices(IServiceCollection services, IConfiguration settings) =>
        services.Insert(0, ServiceDescriptor.Singleton<IHostedService, EchoTables>());

    public void MapEndpoints(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/echoes/{key:guid}", ListAsync).AllowAnonymous();

    private static async Task<IResult> ListAsync(
        Guid key,
        EchoesDbContext echoes,
        CancellationToken cancellationToken
    ) =>
        Results.Ok(
            await echoes
                .Echoes.Where(echo => echo.Key == key)
                .OrderBy(echo => echo.Id)
                .Select(echo => echo.Heard)
                .ToListAsync(cancellationToken)
        );
}

/// <summary>Something was heard.</summary>
internal sealed class Echo
{
    public required Guid Id { get; init; }
    public required Guid Key { get; init; }
    public required string Heard { get; init; }
}

internal sealed class EchoesDbContext(DbContextOptions<EchoesDbContext> options, TimeProvider clock)
    : ModuleDbContext(options, "echoes", clock)
{
    public DbSet<Echo> Echoes => Set<Echo>();

    protected override void ConfigureModel(ModelBuilder model) => model.Entity<Echo>().ToTable("echo");
}

/// <summary>Makes the tables of its file before anything reads them; it has no migrations.</summary>
internal sealed class EchoTables(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var echoes = scope.ServiceProvider.GetRequiredService<EchoesDbContext>();
        await echoes.Database.EnsureCreatedAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
