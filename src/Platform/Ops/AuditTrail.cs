using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Ops;

/// <summary>What operators did, and moves by themselves.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Module">To which module.</param>
/// <param name="At">When, by the clock of the process that was asked.</param>
/// <param name="Operator">Who; null for what a move did by itself.</param>
/// <param name="Act">Such as <c>pause</c>, <c>move</c>, <c>discard</c>.</param>
/// <param name="Detail">What was done, in words.</param>
internal sealed record AuditView(
    Guid Id,
    string Module,
    DateTimeOffset At,
    Guid? Operator,
    string Act,
    string Detail
);

/// <summary>Keeps what operators did with each module's data, and lists it.</summary>
internal sealed class AuditTrail(
    ModuleCatalog modules,
    RemoteOps elsewhere,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IncidentLog incidents
)
{
    /// <summary>Notes what an operator has just done.</summary>
    public async Task NoteAsync(
        ModuleDefinition module,
        Guid @operator,
        string act,
        string detail,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, module);
        context.Audit.Add(AuditEntry.Of(clock.GetUtcNow(), @operator, act, detail));
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// A page of what was done to modules, newest first: to those that could run here, and unless another process asks, to
    /// those elsewhere.
    /// </summary>
    public async Task<Result<Page<AuditView>>> ListAsync(
        string? cursor,
        int limit,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var here = await ListHereAsync(cursor, limit, cancellationToken);
        if (!here.IsDone || RemoteCalls.IsPassedOn(request))
            return here;
        var pages = await elsewhere.AskAllAsync<Page<AuditView>>(
            request,
            $"/api/ops/audit?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}",
            cancellationToken
        );
        return PageOf([.. here.Value.Items, .. pages.SelectMany(page => page.Items)], limit);
    }

    private async Task<Result<Page<AuditView>>> ListHereAsync(
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (limit is < 1 or > PageCursor.MaximumLimit)
            return PageCursor.LimitOutOfRange;
        var ticks = long.MaxValue;
        if (cursor is not null && !PageCursor.TryDecode(cursor, out ticks, out _))
            return PageCursor.Unreadable;
        var before = new DateTimeOffset(
            Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks),
            TimeSpan.Zero
        );
        var found = new List<AuditView>();
        foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
            found.AddRange(await ReadAsync(module, before, limit + 1, cancellationToken));
        return PageOf(found, limit);
    }

    private static Page<AuditView> PageOf(IReadOnlyList<AuditView> found, int limit) =>
        Page<AuditView>.From(
            [.. found.DistinctBy(one => one.Id).OrderByDescending(one => one.At).Take(limit + 1)],
            limit,
            one => PageCursor.Encode(one.At.UtcTicks, one.Id)
        );

    private async Task<IReadOnlyList<AuditView>> ReadAsync(
        ModuleDefinition module,
        DateTimeOffset before,
        int most,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await Context(scope, module)
                .Audit.AsNoTracking()
                .Where(entry => entry.At < before)
                .OrderByDescending(entry => entry.At)
                .Take(most)
                .Select(entry => new AuditView(
                    entry.Id,
                    module.Name,
                    entry.At,
                    entry.Operator,
                    entry.Act,
                    entry.Detail
                ))
                .ToListAsync(cancellationToken);
        }
        catch (Exception failure) when (DatabaseFailure.IsUnreachable(failure))
        {
            incidents.Tell($"Whoever looks at what operators did to {module.Name}", failure);
            return [];
        }
    }

    private static ModuleDbContext Context(AsyncServiceScope scope, ModuleDefinition module) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
