using Platform.Brokers;
using Platform.Modules;

namespace Platform.Homes;

/// <summary>What a move would do, and each reason why it would be refused.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="From">The name of its home now.</param>
/// <param name="To">The name of its next home; null when nobody says it.</param>
/// <param name="Address">Where that is.</param>
/// <param name="Steps">What will be done, in order.</param>
/// <param name="Refusals">Empty when the move can begin.</param>
internal sealed record MovePlan(
    string Module,
    string From,
    string? To,
    Uri Address,
    IReadOnlyList<string> Steps,
    IReadOnlyList<string> Refusals
);

/// <summary>Looks what speaks against a move before anything is changed.</summary>
internal sealed class MovePlans(ModuleHomes homes, HomeStore store, Reach reach, IBroker? broker = null)
{
    public async Task<MovePlan> MakeAsync(
        ModuleDefinition module,
        Uri address,
        bool takesData,
        CancellationToken cancellationToken
    )
    {
        var home = await store.OpenAsync(module, homes.BeginningOf(module), cancellationToken);
        var (name, trouble) = await reach.AskAsync(address, module, cancellationToken);
        var refusals = new List<string>();
        if (trouble is not null)
            refusals.Add(trouble);
        if (home.State is not HomeState.Settled)
            refusals.Add($"{module.Name} is moving already; see its status, or undo that.");
        else if (home.FormerName is { } former && (former != name || home.TakesData != takesData))
            refusals.Add(
                $"The last move of {module.Name}, from '{former}', can still be undone: finish it first."
            );
        if (!takesData && !home.HoldsData)
            refusals.Add(
                $"The data of {module.Name} is not in this database: name one with --database, and it comes along."
            );
        if (home.Name == name)
            refusals.Add(
                $"{module.Name} is at home in '{name}' already: give the process at {address} a Deployment:Name of its own."
            );
        if (
            !takesData
            && await store.OnAsync(module, rows => rows.WhyNoFenceAsync(cancellationToken)) is { } unfenced
        )
            refusals.Add(unfenced);
        if (broker is null)
            refusals.Add($"'{homes.Here}' has no broker: set Broker:Kind and Broker:ConnectionString here.");
        if (address.AbsoluteUri.Length > Home.LongestAddress)
            refusals.Add($"The address has more than {Home.LongestAddress} characters.");
        return new MovePlan(
            module.Name,
            home.Name,
            name,
            address,
            takesData
                ? StepsWithData(module, home, name)
                :
                [
                    $"prepare: events are sent to '{name}' too; it is looked at from every process of '{home.Name}'",
                    $"switch: calls, events, sweeps and live streams of {module.Name} go over to '{name}'; nobody waits",
                    $"settle: the database refuses every write of {module.Name} but those of '{name}'",
                ],
            refusals
        );
    }

    private static IReadOnlyList<string> StepsWithData(ModuleDefinition module, Home home, string? name) =>
        [
            $"prepare: the database of '{name}' is closed, changes at '{home.Name}' are captured from now on, and events are sent to '{name}' too",
            "copy: every table is copied, caught up with and compared, while it is used",
            $"hand over: calls of {module.Name} are held, its database at '{home.Name}' refuses every write from then on, the rest is copied and all is compared",
            $"open: '{name}' runs {module.Name}, and the calls that were held go on there; changes are captured for an undo",
        ];
}
