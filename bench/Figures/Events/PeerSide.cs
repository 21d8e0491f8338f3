using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace Figures.Events;

/// <summary>
/// Wolverine's own durable local queues, set up as its documentation says: the event is stored in the sale's
/// transaction, each listener has a queue of its own, and what a handler writes commits together with the mark that
/// its message is handled.
/// </summary>
internal sealed class PeerSide : IContender
{
    private const int EventsPerTransaction = 500;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly IHost _host;
    private readonly IDbContextFactory<PeerDbContext> _contexts;
    private readonly IWolverineRuntime _runtime;
    private readonly EffectCount _effects;
    private readonly List<MessageContext> _stored = [];
    private long _said;

    private PeerSide(IHost host)
    {
        _host = host;
        _contexts = host.Services.GetRequiredService<IDbContextFactory<PeerDbContext>>();
        _runtime = host.Services.GetRequiredService<IWolverineRuntime>();
        _effects = host.Services.GetRequiredService<EffectCount>();
    }

    public (string Sales, IReadOnlyList<string> Effects) Tables =>
        ("peer.sale", ["peer.effect_1", "peer.effect_2"]);

    /// <param name="connectionString">An empty database.</param>
    /// <param name="parallel">How many messages each queue handles at once.</param>
    public static async Task<PeerSide> StartAsync(string connectionString, int parallel)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 100,
            NoResetOnClose = true,
            MaxPoolSize = 100,
        };
        var host = Host.CreateDefaultBuilder()
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .ConfigureServices(services =>
                services
                    .AddSingleton<EffectCount>()
                    .AddPooledDbContextFactory<PeerDbContext>(options =>
                        options.UseNpgsql(settings.ConnectionString)
                    )
            )
            .UseWolverine(bus =>
            {
                bus.Durability.Mode = DurabilityMode.Solo;
                bus.MultipleHandlerBehavior = MultipleHandlerBehavior.Separated;
                bus.PersistMessagesWithPostgresql(settings.ConnectionString, "wolverine");
                bus.Policies.UseDurableLocalQueues();
                bus.Policies.AllLocalQueues(queue => queue.MaximumParallelMessages(parallel));
                bus.Discovery.DisableConventionalDiscovery()
                    .IncludeType<FirstPeerHandler>()
                    .IncludeType<SecondPeerHandler>();
                bus.UseRuntimeCompilation();
            })
            .Build();
        await using (
            var context = await host
                .Services.GetRequiredService<IDbContextFactory<PeerDbContext>>()
                .CreateDbContextAsync()
        )
            await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        await host.StartAsync();
        return new PeerSide(host);
    }

    public async Task MakeSaleAsync()
    {
        var made = SaleMade.Now();
        await using var context = await _contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var bus = await EnlistAsync(transaction);
        context.Add(Sale.Of(made));
        await context.SaveChangesAsync();
        await bus.PublishAsync(made);
        await transaction.CommitAsync();
        Interlocked.Increment(ref _said);
        await bus.FlushOutgoingMessagesAsync();
    }

    public async Task StoreBacklogAsync(int events)
    {
        for (var left = events; left > 0; left -= EventsPerTransaction)
        {
            await using var context = await _contexts.CreateDbContextAsync();
            await using var transaction = await context.Database.BeginTransactionAsync();
            var bus = await EnlistAsync(transaction);
            for (var index = 0; index < Math.Min(left, EventsPerTransaction); index++)
                await bus.PublishAsync(SaleMade.Now());
            await transaction.CommitAsync();
            _stored.Add(bus);
        }
        Interlocked.Add(ref _said, events);
    }

    public async Task ReleaseBacklogAsync()
    {
        foreach (var bus in _stored)
            await bus.FlushOutgoingMessagesAsync();
        _stored.Clear();
    }

    public async Task HandledAsync()
    {
        while (_effects.Value < 2 * Interlocked.Read(ref _said))
            await Task.Delay(BetweenLooks);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task<MessageContext> EnlistAsync(IDbContextTransaction transaction)
    {
        var bus = new MessageContext(_runtime);
        await bus.EnlistInOutboxAsync(
            new DatabaseEnvelopeTransaction(
                (IMessageDatabase)_runtime.Storage,
                transaction.GetDbTransaction()
            )
        );
        return bus;
    }
}

/// <summary>Both listeners' rows, and the sales.</summary>
public sealed class PeerDbContext(DbContextOptions<PeerDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema("peer");
        modelBuilder.Entity<Sale>(sale =>
        {
            sale.ToTable("sale").HasIndex(row => new { row.CustomerId, row.MadeAt });
            sale.Property(row => row.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<FirstEffect>().ToTable("effect_1").Property(row => row.Id).ValueGeneratedNever();
        modelBuilder.Entity<SecondEffect>().ToTable("effect_2").Property(row => row.Id).ValueGeneratedNever();
    }
}

internal abstract class PeerEffect
{
    public Guid Id { get; set; }
    public string Item { get; set; } = "";
    public decimal Total { get; set; }
}

internal sealed class FirstEffect : PeerEffect;

internal sealed class SecondEffect : PeerEffect;

/// <summary>How many effects are committed.</summary>
public sealed class EffectCount
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add() => Interlocked.Increment(ref _value);
}

/// <summary>The first listener.</summary>
public sealed class FirstPeerHandler(
    IDbContextFactory<PeerDbContext> contexts,
    IWolverineRuntime runtime,
    EffectCount effects
)
{
    public Task Handle(SaleMade made, Envelope envelope) =>
        PeerTransaction.WriteAsync(
            new FirstEffect
            {
                Id = made.SaleId,
                Item = made.Item,
                Total = made.Total,
            },
            envelope,
            contexts,
            runtime,
            effects
        );
}

/// <summary>The second listener.</summary>
public sealed class SecondPeerHandler(
    IDbContextFactory<PeerDbContext> contexts,
    IWolverineRuntime runtime,
    EffectCount effects
)
{
    public Task Handle(SaleMade made, Envelope envelope) =>
        PeerTransaction.WriteAsync(
            new SecondEffect
            {
                Id = made.SaleId,
                Item = made.Item,
                Total = made.Total,
            },
            envelope,
            contexts,
            runtime,
            effects
        );
}

/// <summary>
/// What Wolverine's Entity Framework middleware does around a handler. Its package cannot be had here, so this is
/// written after it: save, mark the message handled, commit.
/// </summary>
internal static class PeerTransaction
{
    public static async Task WriteAsync(
        PeerEffect effect,
        Envelope envelope,
        IDbContextFactory<PeerDbContext> contexts,
        IWolverineRuntime runtime,
        EffectCount effects
    )
    {
        await using var context = await contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        context.Add(effect);
        await context.SaveChangesAsync();
        await ((IMessageDatabase)runtime.Storage).MarkIncomingEnvelopeAsHandledInTransactionAsync(
            context.Database.GetDbConnection(),
            transaction.GetDbTransaction(),
            envelope,
            TimeProvider.System.GetUtcNow() + runtime.Options.Durability.KeepAfterMessageHandling,
            CancellationToken.None
        );
        await transaction.CommitAsync();
        envelope.Status = EnvelopeStatus.Handled;
        effects.Add();
    }
}
