using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;

namespace Platform.Homes;

/// <summary>Opens what the modules' own databases say of where they are at home.</summary>
internal sealed class HomeStore(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Reads or changes the rows of one module.</summary>
    public async Task<T> OnAsync<T>(ModuleDefinition module, Func<HomeRows, Task<T>> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
        return await act(new HomeRows(context));
    }

    /// <inheritdoc cref="OnAsync{T}"/>
    public async Task OnAsync(ModuleDefinition module, Func<HomeRows, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
        await act(new HomeRows(context));
    }

    /// <summary>
    /// Where the module is at home according to a schema that may be of an older build, or empty; null when that does
    /// not say.
    /// </summary>
    public async Task<Home?> LookAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        try
        {
            return await OnAsync(module, rows => rows.ReadAsync(cancellationToken));
        }
        catch (DbException failure) when (!DatabaseFailure.IsUnreachable(failure))
        {
            return null;
        }
    }

    /// <summary>Reads where it is at home; a schema that nobody has opened yet is at home at <paramref name="name"/>.</summary>
    public Task<Home> OpenAsync(ModuleDefinition module, string name, CancellationToken cancellationToken) =>
        OnAsync(
            module,
            async rows =>
            {
                if (await rows.ReadAsync(cancellationToken) is { } known)
                    return known;
                var made = new Home
                {
                    Stream = module.Stream,
                    Name = name,
                    Since = clock.GetUtcNow(),
                };
                return await rows.TryAddAsync(made, cancellationToken)
                    ? made
                    : (await rows.ReadAsync(cancellationToken))!;
            }
        );
}
