using Platform.Commands;
using Platform.Domain;
using Platform.Modules;

namespace Platform.Homes;

/// <summary>What an operator does about where a module is at home. Whoever can run the module may be asked.</summary>
internal sealed class Moves(
    ModuleHomes homes,
    HomeStore store,
    MovePlans plans,
    HomeWatch watch,
    TimeProvider clock
)
{
    /// <summary>
    /// Begins a move. The processes do the rest by themselves, but for the data: if it is to go along, the command
    /// <c>extract</c> takes it, since it alone has the logins for that.
    /// </summary>
    public async Task<Result<Nothing>> BeginAsync(
        ModuleDefinition module,
        Uri address,
        bool takesData,
        Guid @operator,
        CancellationToken cancellationToken
    )
    {
        var plan = await plans.MakeAsync(module, address, takesData, cancellationToken);
        if (plan.Refusals.Count > 0)
            return Error.Conflict("move_refused", string.Join(' ', plan.Refusals));
        var home = await store.OpenAsync(module, homes.BeginningOf(module), cancellationToken);
        return await PrepareAsync(
            module,
            home with
            {
                TakesData = takesData,
            },
            plan.To!,
            address.AbsoluteUri,
            @operator,
            cancellationToken
        );
    }

    /// <summary>Brings the module back to where it was, or keeps it there, with all that was written meanwhile.</summary>
    public async Task<Result<Nothing>> UndoAsync(
        ModuleDefinition module,
        Guid @operator,
        CancellationToken cancellationToken
    )
    {
        var home = await store.OpenAsync(module, homes.BeginningOf(module), cancellationToken);
        if (home.State is HomeState.Preparing)
        {
            return await ChangeAsync(
                module,
                home,
                home.Settled(null, clock.GetUtcNow()),
                Entry(
                    @operator,
                    $"{module.Name} stays at home at {home}: its move to '{home.NextName}' was undone."
                ),
                cancellationToken
            );
        }
        if (home.FormerName is not { } former)
            return Error.Conflict(
                "nothing_to_undo",
                $"{module.Name} is at home at {home}, and there is no move to undo."
            );
        if (home.State is HomeState.Settled)
            return await PrepareAsync(module, home, former, home.FormerAddress, @operator, cancellationToken);
        if (home.TakesData)
            return Error.Conflict(
                "handing_over",
                $"The data of {module.Name} is being handed over: run the command again, which ends that, and then undo it."
            );
        var back = home with
        {
            Name = former,
            Address = home.FormerAddress,
            FormerName = home.Name,
            FormerAddress = home.Address,
            Epoch = home.Epoch + 1,
            Trouble = null,
            Since = clock.GetUtcNow(),
        };
        return await ChangeAsync(
            module,
            home,
            back,
            Entry(@operator, $"{module.Name} goes back to {back}: its move was undone."),
            cancellationToken
        );
    }

    /// <summary>Ends a move for good: there is nothing to undo any more.</summary>
    public async Task<Result<Nothing>> FinishAsync(
        ModuleDefinition module,
        Guid @operator,
        CancellationToken cancellationToken
    )
    {
        var home = await store.OpenAsync(module, homes.BeginningOf(module), cancellationToken);
        if (home is not { State: HomeState.Settled, FormerName: { } former })
            return Error.Conflict(
                "nothing_to_finish",
                home.State is HomeState.Settled
                    ? $"{module.Name} is at home at {home}, and there is no move to finish."
                    : $"{module.Name} is still moving; see its status."
            );
        return await ChangeAsync(
            module,
            home,
            home.Finished(),
            Entry(@operator, $"The move of {module.Name} from '{former}' to {home} is finished."),
            cancellationToken
        );
    }

    private const string WaitsForCommand =
        "It waits for the command 'extract' with --database, which takes the data along.";

    private Task<Result<Nothing>> PrepareAsync(
        ModuleDefinition module,
        Home home,
        string name,
        string? address,
        Guid @operator,
        CancellationToken cancellationToken
    )
    {
        var trouble = home.TakesData ? WaitsForCommand : null;
        var where = address is null ? $"'{name}'" : $"'{name}' at {address}";
        return ChangeAsync(
            module,
            home,
            home.PreparedFor(name, address, trouble, clock.GetUtcNow()),
            Entry(@operator, $"{module.Name} is to move from {home} to {where}."),
            cancellationToken
        );
    }

    private async Task<Result<Nothing>> ChangeAsync(
        ModuleDefinition module,
        Home from,
        Home to,
        AuditEntry entry,
        CancellationToken cancellationToken
    )
    {
        if (!await store.OnAsync(module, rows => rows.TryChangeAsync(from, to, entry, cancellationToken)))
            return Error.Conflict(
                "home_changed",
                $"Where {module.Name} is at home has just been changed by somebody else; look at its status."
            );
        await watch.LookAsync(module, cancellationToken);
        return Nothing.Done;
    }

    private AuditEntry Entry(Guid @operator, string detail) =>
        AuditEntry.Of(clock.GetUtcNow(), @operator, "move", detail);
}
