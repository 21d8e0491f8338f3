using MediatR;
using Platform.Data;
using Platform.Domain;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Commands;

/// <summary>
/// Saves what a command changed, all of it or nothing. Inside a batch of events the batch does the saving, once
/// for all of its events.
/// </summary>
internal sealed class UnitOfWorkBehaviour<TRequest, TResponse>(
    ModuleCatalog modules,
    IServiceProvider services,
    GroupCommit commits
) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IResult<TResponse>
{
    private static readonly bool ChangesState = Array.Exists(
        typeof(TRequest).GetInterfaces(),
        type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICommand<>)
    );

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        if (!ChangesState || Batch.Current is not null)
            return await next();
        var module = modules.Of(typeof(TRequest).Assembly);
        if (module.DatabaseContext is null)
            return await next();
        var context = (ModuleDbContext)services.GetService(module.DatabaseContext)!;
        context.BeginWork();
        try
        {
            var result = await next();
            if (result.Error is null)
            {
                await commits.SaveAsync(module, context, cancellationToken);
                if (context.Database.CurrentTransaction is { } transaction)
                    await transaction.CommitAsync(cancellationToken);
            }
            return result;
        }
        finally
        {
            if (context.Database.CurrentTransaction is { } unfinished)
                await unfinished.DisposeAsync();
            context.EndWork();
        }
    }
}
