namespace System.Tests.Running;

/// <summary>The platform's databases, the service's own, and a broker that both know under names of the test's.</summary>
internal sealed class ReportScene : IDisposable
{
    private const string Follower = "report";

    private readonly string _prefix = $"report-{Tokens.NewId():N}";
    private readonly string _broker;
    private readonly Deployment _deployment;

    private ReportScene(string broker, Deployment deployment, string database)
    {
        (_broker, _deployment, Database) = (broker, deployment, database);
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["REPORT_BROKER"] = broker,
            ["REPORT_BROKER_PREFIX"] = _prefix,
            ["REPORT_FOLLOWER"] = Follower,
            ["REPORT_INTERVAL_SECONDS"] = "0.5",
            ["REPORT_DATABASE"] = database,
        };
    }

    /// <summary>The service's own database, as it is told of it.</summary>
    public string Database { get; }

    public IReadOnlyDictionary<string, string> Environment { get; }

    public string FolderOfHost => _deployment.Folder;

    /// <summary>The queue in which a stream waits for the service.</summary>
    public string QueueOf(string stream) => $"{_prefix}.{stream}.{Follower}";

    public static async Task<ReportScene> OnAsync(string broker)
    {
        var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var own = await TestDatabases.CreateAsync(TestEngine.PostgreSql);
        return new ReportScene(broker, deployment, ReportService.UrlOf(own!));
    }

    /// <summary>Starts the host with the service named as a follower.</summary>
    public Task<HostProcess> StartHostAsync(params IEnumerable<string> further) =>
        HostProcess.StartAsync(
            _deployment,
            [
                "--Broker:Kind=RabbitMq",
                $"--Broker:ConnectionString={_broker}",
                $"--Broker:Prefix={_prefix}",
                "--Broker:ReportInterval=00:00:00.500",
                $"--Broker:Followers:{Follower}:0=orders",
                $"--Broker:Followers:{Follower}:1=reviews",
                .. further,
            ]
        );

    /// <summary>Starts the service and waits until it can tell what it knows.</summary>
    public async Task<ReportService> StartServiceAsync()
    {
        var service = await ReportService.StartAsync(Environment);
        await Eventually.HoldsAsync(
            async () => (await service.Api.GetAsync("/health/ready")).Status == 200,
            "the service has its tables"
        );
        return service;
    }

    /// <summary>Waits until the service tells what the modules' databases hold.</summary>
    public async Task<IReadOnlyList<DailyFigures>> AgreesAsync(ReportService service)
    {
        var orders = _deployment.Of("orders");
        IReadOnlyList<DailyFigures> books = [];
        IReadOnlyList<DailyFigures> told = [];
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    books = DailyFigures.OfBooks(orders);
                    told = await DailyFigures.ToldByAsync(service, books.Select(one => one.Day).Distinct());
                    return books.Count > 0 && told.SequenceEqual(books);
                },
                "the report equals the books"
            );
        }
        catch (TimeoutException)
        {
            told.ShouldBe(books, (await service.Api.GetAsync("/health/ready")).Body);
            throw;
        }
        ((int)(await service.Api.GetAsync("/health/ready")).Json["parked"]!).ShouldBe(0);
        return told;
    }

    public void Dispose() => _deployment.Dispose();
}
