using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Modules;
using Platform.Ops;

namespace Platform.Telemetry;

/// <summary>
/// The figures that lie in databases: how far subscriptions and relays are behind, and each module's business. They
/// are read when somebody asks for the metrics and never else, so that watching nobody costs nothing.
/// </summary>
internal sealed class Gauges : IDisposable
{
    /// <summary>Several who ask at once are told the same.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>An exporter that pushes cannot wait for a reading; one older than this has the next one begun.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(10);

    private readonly ModuleCatalog _modules;
    private readonly ModuleOverview _overview;
    private readonly ModuleGates _gates;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<Gauges> _logger;
    private readonly Meter _meter = new(PlatformTelemetry.Name);
    private readonly ConcurrentDictionary<string, ObservableGauge<double>> _instruments = new(
        StringComparer.Ordinal
    );
    private readonly HashSet<(string Module, string Stream)> _counted = [];
    private readonly SemaphoreSlim _reading = new(1);
    private volatile IReadOnlyList<GaugeReading> _readings = [];
    private volatile IReadOnlyList<FigureView> _business = [];
    private long _readAt = DateTimeOffset.MinValue.UtcTicks;

    public Gauges(
        ModuleCatalog modules,
        ModuleOverview overview,
        ModuleGates gates,
        IServiceScopeFactory scopes,
        TimeProvider clock,
        ILogger<Gauges> logger
    )
    {
        (_modules, _overview, _gates) = (modules, overview, gates);
        (_scopes, _clock, _logger) = (scopes, clock, logger);
        _meter.CreateObservableGauge(
            "monolith.figures.age",
            ObserveAge,
            "s",
            "Time since the figures that lie in databases were read."
        );
    }

    /// <summary>What the business of the modules here comes to, read now unless that was done just now.</summary>
    public async Task<IReadOnlyList<FigureView>> ReadBusinessAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return _business;
    }

    /// <summary>Reads everything, unless that was done just now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Age < Fresh)
                return;
            var views = await _overview.ReadAsync(cancellationToken);
            var business = new List<(BusinessFigure Figure, FigureView View)>();
            foreach (var module in _modules.Modules)
                business.AddRange(await ReadBusinessAsync(module, cancellationToken));
            List<GaugeReading> readings =
            [
                .. StreamReadings.Of(views),
                .. business.Select(one => GaugeReading.Of(one.Figure, one.View)),
            ];
            _readings = readings;
            _business = [.. business.Select(one => one.View)];
            Interlocked.Exchange(ref _readAt, _clock.GetUtcNow().UtcTicks);
            foreach (var reading in readings)
                _instruments.GetOrAdd(reading.Name, _ => Make(reading));
            BeginCounts(views);
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose()
    {
        _meter.Dispose();
        _reading.Dispose();
    }

    private TimeSpan Age => _clock.GetUtcNow() - new DateTimeOffset(Interlocked.Read(ref _readAt), default);

    private ObservableGauge<double> Make(GaugeReading reading) =>
        _meter.CreateObservableGauge(
            reading.Name,
            () => Observe(reading.Name),
            reading.Unit,
            reading.Description
        );

    private IEnumerable<Measurement<double>> Observe(string name)
    {
        return _readings
            .Where(reading => reading.Name == name)
            .Select(reading => new Measurement<double>(reading.Value, reading.Tags));
    }

    private IEnumerable<Measurement<double>> ObserveAge()
    {
        var age = Age;
        if (age > Old)
            _ = TryReadAsync();
        return _readings.Count == 0 ? [] : [new Measurement<double>(age.TotalSeconds)];
    }

    private async Task TryReadAsync()
    {
        if (_reading.CurrentCount == 0)
            return;
        try
        {
            await Task.Run(() => ReadAsync(CancellationToken.None));
        }
        catch (Exception failure)
        {
            _logger.LogDebug(failure, "Figures cannot be read just now");
        }
    }

    /// <summary>A module that is paused, or cannot reach its database, tells nothing of its business.</summary>
    private async Task<IEnumerable<(BusinessFigure, FigureView)>> ReadBusinessAsync(
        ModuleDefinition module,
        CancellationToken cancellationToken
    )
    {
        if (module.Figures is not { } figures || !_gates.Of(module).IsOpen)
            return [];
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var read = await ((IBusinessFigures)scope.ServiceProvider.GetRequiredService(figures)).ReadAsync(
                cancellationToken
            );
            return read.Where(figure => figure.Value is not null)
                .Select(figure => (figure, FigureView.Of(module.Name, figure)));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _logger.LogDebug(failure, "{Module}: its figures cannot be read just now", module.Name);
            return [];
        }
    }

    /// <summary>A count that is first seen when it is one has not grown, and alerts on growth would miss it.</summary>
    private void BeginCounts(IReadOnlyList<ModuleView> views)
    {
        foreach (var view in views)
        foreach (var following in view.Subscriptions)
        {
            if (!_counted.Add((view.Name, following.Stream)))
                continue;
            KeyValuePair<string, object?>[] tags =
            [
                new("module", view.Name),
                new("stream", following.Stream),
            ];
            PlatformTelemetry.EventsHandled.Add(0, tags);
            PlatformTelemetry.EventsRetried.Add(0, tags);
            PlatformTelemetry.EventsParked.Add(0, tags);
            PlatformTelemetry.MessagesRefused.Add(0, tags);
        }
    }
}

/// <summary>One figure of a reading, with what tells it from others of its name.</summary>
internal sealed record GaugeReading(
    string Name,
    string Unit,
    string Description,
    double Value,
    params KeyValuePair<string, object?>[] Tags
)
{
    public static GaugeReading Of(BusinessFigure figure, FigureView view) =>
        new(
            figure.Name,
            figure.Unit,
            figure.Description,
            view.Value,
            figure.State is null
                ? [new("module", view.Module)]
                : [new("module", view.Module), new("state", figure.State)]
        );
}
