using Host.Settings;
using Platform.Data;
using Platform.Extraction;
using Platform.Homes;
using Platform.Modules;
using Platform.Settings;
using Platform.Streams;

namespace Host.Commands;

/// <summary>
/// The two databases of a move that takes a module's data along: the web app's, which is configured as ever, and the one
/// that the command names.
/// </summary>
internal sealed class DataOfMove : IAsyncDisposable
{
    /// <summary>Where the other home's database is.</summary>
    public const string PlaceKey = "database";

    /// <summary>The same, for whoever does not want a password to be seen among the processes.</summary>
    public const string PlaceVariable = "MONOLITH_TARGET_DATABASE";

    private const string EngineKey = "database-engine";
    private const string RateKey = "rows-per-second";

    private readonly WebApplication _app;
    private readonly AsyncServiceScope _scope;

    private DataOfMove(WebApplication app, AsyncServiceScope scope, ModuleDefinition module) =>
        (_app, _scope, Module) = (app, scope, module);

    public required Func<ModuleDbContext> First { get; init; }

    public required Func<ModuleDbContext> Second { get; init; }

    public required CopyOptions Options { get; init; }

    public ModuleDefinition Module { get; }

    /// <summary>What it has named; null when it names no database.</summary>
    /// <exception cref="SettingRefusedException">A value is wrong, or the module has no database here.</exception>
    public static DataOfMove? Open(CommandLine line, Composition composition, string name)
    {
        var place =
            new ConfigurationBuilder().AddCommandLine(line.Settings).Build()[PlaceKey]
            ?? Environment.GetEnvironmentVariable(PlaceVariable);
        if (string.IsNullOrWhiteSpace(place))
            return null;
        var (app, _) = ModulesAlone.Build(line, composition, isSilent: true);
        var reader = new SettingsReader(app.Configuration);
        var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (
            services.GetRequiredService<ModuleCatalog>().Find(name)
            is not { DatabaseContext: not null } module
        )
            throw new SettingRefusedException(
                $"Modules:{name}",
                "it has no database here: configure this command as the web app is, with the login that owns the tables."
            );
        var first = DatabaseChoice.Read(
            app.Configuration,
            $"Modules:{module.Name}",
            module.Stream,
            MoveSide.Mover
        );
        var second = DatabaseChoice.At(
            reader.Choice(EngineKey, first.Engine),
            place,
            module.Stream,
            PlaceKey,
            MoveSide.Mover
        );
        return new DataOfMove(app, scope, module)
        {
            First = () => ModuleContexts.Open(services, module, first),
            Second = () => ModuleContexts.Open(services, module, second),
            Options = new CopyOptions(
                RowsPerSecond: reader.Text(RateKey) is null
                    ? null
                    : reader.Number(RateKey, 0, 1, int.MaxValue)
            ),
        };
    }

    /// <summary>Who takes the data along.</summary>
    public DataMove Move(IProgress<MoveProgress> tell) =>
        new(
            First,
            Second,
            Options,
            _app.Services.GetRequiredService<FaultPoints>(),
            TimeProvider.System,
            tell
        );

    /// <summary>What there is to copy, and each reason why it would be refused.</summary>
    public async Task<(long Rows, IReadOnlyList<string> Refusals)> LookAsync()
    {
        await using var first = First();
        await using var second = Second();
        return await DataMovePlan.LookAsync(first, second, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _app.DisposeAsync();
    }
}
