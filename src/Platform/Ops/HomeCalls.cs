using Microsoft.AspNetCore.Http;
using Platform.Commands;
using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;

namespace Platform.Ops;

/// <summary>Where a module is at home, as an operator sees it.</summary>
/// <param name="Module">The module's name.</param>
/// <param name="Home">The name of the process that runs it.</param>
/// <param name="Address">Where calls are forwarded to; null when it is where calls come in anyway.</param>
/// <param name="Epoch">Grows at each switch.</param>
/// <param name="State">How far a move has come.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="Next">Where it is to be at home; null unless that is being prepared.</param>
/// <param name="Former">Where <c>undo</c> brings it back to; null when there is nothing to undo.</param>
/// <param name="Trouble">What holds a move up, or why the last one was given up.</param>
/// <param name="IsPaused">Whether an operator has stopped it.</param>
/// <param name="TakesData">Whether the move takes the data to a database of the other home's own.</param>
/// <param name="Progress">How far the data has come, in the words of the command that takes it; null when none does.</param>
/// <param name="Here">The name of the process that answers, or of whose replica does.</param>
/// <param name="Processes">Who takes part in a move that is under way.</param>
internal sealed record HomeView(
    string Module,
    string Home,
    string? Address,
    long Epoch,
    HomeState State,
    DateTimeOffset Since,
    string? Next,
    string? Former,
    string? Trouble,
    bool IsPaused,
    bool TakesData,
    MoveProgress? Progress,
    string Here,
    IReadOnlyList<PresenceView> Processes
);

/// <summary>A process that takes part in a move.</summary>
/// <param name="Id">Tells replicas apart.</param>
/// <param name="Home">Its name.</param>
/// <param name="Epoch">The epoch that it goes by.</param>
/// <param name="State">The state that it goes by.</param>
/// <param name="UnderWay">How much of the module is under way in it.</param>
/// <param name="Held">How many calls it has held while the module was handed over.</param>
/// <param name="HeldFor">How long it held 99 of 100 of them at the most, in milliseconds.</param>
/// <param name="Trouble">What keeps it from doing its part.</param>
internal sealed record PresenceView(
    Guid Id,
    string Home,
    long Epoch,
    HomeState State,
    int UnderWay,
    int Held,
    int HeldFor,
    string? Trouble
);

/// <summary>
/// Answers calls about a module's home. Any process that could run the module may, since all of them have its data;
/// others pass the call on.
/// </summary>
internal sealed class HomeCalls(
    ModuleCatalog modules,
    ModuleHomes homes,
    HomeStore store,
    RemoteOps elsewhere
)
{
    public async Task<Microsoft.AspNetCore.Http.IResult> OnAsync(
        string name,
        HttpRequest request,
        Func<ModuleDefinition, Task<Microsoft.AspNetCore.Http.IResult>> answer,
        CancellationToken cancellationToken
    ) =>
        modules.Find(name) is { DatabaseContext: not null } module
            ? await answer(module)
            : await OpsEndpoints.ElsewhereAsync(name, elsewhere, request, cancellationToken);

    public async Task<HomeView> ViewAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        var home = await store.OpenAsync(module, homes.BeginningOf(module), cancellationToken);
        var present = await store.OnAsync(module, rows => rows.PresencesAsync(cancellationToken));
        return new HomeView(
            module.Name,
            home.Name,
            home.Address,
            home.Epoch,
            home.State,
            home.Since,
            home.NextName,
            home.FormerName,
            home.Trouble,
            home.IsPaused,
            home.TakesData,
            MoveProgress.Read(home.Progress),
            homes.Here,
            [
                .. present
                    .OrderBy(one => one.Name)
                    .Select(one => new PresenceView(
                        one.Id,
                        one.Name,
                        one.Epoch,
                        one.State,
                        one.UnderWay,
                        one.Held,
                        one.HeldFor,
                        one.Trouble
                    )),
            ]
        );
    }

    /// <summary>Does something about a module's home, and answers with what came of it.</summary>
    public Task<Microsoft.AspNetCore.Http.IResult> DoAsync(
        string name,
        HttpRequest request,
        Func<ModuleDefinition, Task<Result<Nothing>>> act,
        CancellationToken cancellationToken
    ) =>
        OnAsync(
            name,
            request,
            async module =>
                await act(module) is { IsDone: false } refused
                    ? refused.Error.ToProblem()
                    : Results.Accepted(
                        $"/api/ops/modules/{module.Stream}/home",
                        await ViewAsync(module, cancellationToken)
                    ),
            cancellationToken
        );
}
