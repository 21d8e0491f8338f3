using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;

namespace Platform.Streams;

/// <summary>
/// One scope, one database context and one transaction for the events that are handled together. Handlers reach
/// it through the flow of execution, since a message bus opens scopes of its own.
/// </summary>
internal sealed class Batch : IAsyncDisposable
{
    private static readonly AsyncLocal<Batch?> Ambient = new();

    private readonly AsyncServiceScope _scope;

    private Batch(AsyncServiceScope scope, ModuleDbContext context) => (_scope, Context) = (scope, context);

    /// <summary>The batch that the running code is part of; null outside one.</summary>
    public static Batch? Current => Ambient.Value;

    public ModuleDbContext Context { get; }

    public IServiceProvider Services => _scope.ServiceProvider;

    /// <summary>The event whose handler ran to its end last.</summary>
    public Guid? Receipt { get; set; }

    /// <summary>
    /// Opens a batch. Where what it adds can be inserted at once, its transaction begins with the first statement that
    /// is not only a query.
    /// </summary>
    /// <param name="scopes">Opens its scope.</param>
    /// <param name="module">Whose database it is in.</param>
    /// <param name="lockPatience">How long a statement waits for a row that somebody else holds.</param>
    /// <param name="cancellationToken">Ends the beginning.</param>
    public static async Task<Batch> OpenAsync(
        IServiceScopeFactory scopes,
        ModuleDefinition module,
        TimeSpan lockPatience,
        CancellationToken cancellationToken
    )
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
            context.BeginWork(lockPatience);
            var batch = new Batch(scope, context);
            if (!DatabaseEngines.Of(context.Database).InsertsAtOnce)
                await context.BeginTransactionAsync(cancellationToken);
            return batch;
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a handler as part of this batch.</summary>
    public async Task RunAsync(Func<Task> handler)
    {
        Ambient.Value = this;
        try
        {
            await handler();
        }
        finally
        {
            Ambient.Value = null;
        }
    }

    /// <summary>Writes all changes in one go, the cursor's among them.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (Context.Database.CurrentTransaction is null)
            await Context.BeginTransactionAsync(cancellationToken);
        await Context.SaveChangesAsync(cancellationToken);
    }

    public Task CommitAsync(CancellationToken cancellationToken) =>
        Context.Database.CommitTransactionAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Context.Database.CurrentTransaction is { } unfinished)
            await unfinished.DisposeAsync();
        Context.EndWork();
        await _scope.DisposeAsync();
    }
}
