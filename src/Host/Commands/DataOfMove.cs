using Host.Settings;
using Platform.Data;
using Platform.Extraction;
using Platform.Homes;
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

    private readonly ModuleOfMove _module;
    private readonly DatabaseChoice _other;
    private readonly CopyOptions _options;

    private DataOfMove(ModuleOfMove module, DatabaseChoice other, CopyOptions options) =>
        (_module, _other, _options) = (module, other, options);

    /// <summary>What it has named; null when it names no database.</summary>
    /// <exception cref="SettingRefusedException">A value is wrong, or the module has no database here.</exception>
    public static DataOfMove? Open(CommandLine line, Composition composition, string name)
    {
        var place =
            new ConfigurationBuilder().AddCommandLine(line.Settings).Build()[PlaceKey]
            ?? Environment.GetEnvironmentVariable(PlaceVariable);
        if (string.IsNullOrWhiteSpace(place))
            return null;
        var module = ModuleOfMove.Open(line, composition, name);
        var reader = new SettingsReader(module.Configuration);
        var other = DatabaseChoice.At(
            reader.Choice(EngineKey, module.Configured.Engine),
            place,
            module.Definition.Stream,
            PlaceKey,
            MoveSide.Mover
        );
        int? rate = reader.Text(RateKey) is null ? null : reader.Number(RateKey, 0, 1, int.MaxValue);
        return new DataOfMove(module, other, new CopyOptions(RowsPerSecond: rate));
    }

    /// <summary>Who takes the data along.</summary>
    public DataMove Move(IProgress<MoveProgress> tell) =>
        new(
            First,
            Second,
            _options,
            _module.Services.GetRequiredService<FaultPoints>(),
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

    public ValueTask DisposeAsync() => _module.DisposeAsync();

    private ModuleDbContext First() => _module.Open(_module.Configured);

    private ModuleDbContext Second() => _module.Open(_other);
}
