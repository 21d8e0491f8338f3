using System.Diagnostics;

namespace System.Tests.Running;

/// <summary>A web app with every module, and a process of its own that one of them can move to, on the same data.</summary>
internal sealed class Moving : IAsyncDisposable
{
    private static readonly string[] Known = ["Orders", "Riders", "Reviews"];

    private static readonly string[] Patient =
    [
        "--Modules:Riders:SaveLocationsEvery=00:00:00.2",
        "--Modules:Riders:SweepEvery=00:00:00.1",
        "--Streams:Poll=00:00:00.200",
        "--Broker:ReportInterval=00:00:00.500",
        "--Gateway:AnswerWithin=00:01:00",
    ];

    private readonly Deployment _deployment;
    private readonly string _module;
    private readonly string[] _broker;
    private readonly int _port = SpreadDeployment.FreePort();
    private readonly int _otherPort = SpreadDeployment.FreePort();
    private readonly string? _own;
    private readonly string _host;

    private Moving(Deployment deployment, string module, string broker, string? own, string? host)
    {
        (_deployment, _module, _own) = (deployment, module, own);
        _host = host ?? Repository.HostAssembly;
        _broker =
        [
            "--Broker:Kind=RabbitMq",
            $"--Broker:ConnectionString={broker}",
            $"--Broker:Prefix=moving-{Tokens.NewId():N}",
        ];
    }

    /// <summary>The process that clients know.</summary>
    public HostProcess Web { get; private set; } = null!;

    /// <summary>The process that the module can move to.</summary>
    public HostProcess Other { get; private set; } = null!;

    /// <summary>What that process is called.</summary>
    public string OtherName => $"{_module.ToLowerInvariant()}-1";

    public Uri OtherAddress => new($"http://127.0.0.1:{_otherPort}");

    /// <summary>Begins with the module at home in the web app.</summary>
    /// <param name="deployment">Where the web app's data is.</param>
    /// <param name="module">The module that can move.</param>
    /// <param name="own">The PostgreSQL database of the other process's own; null when it is on the same data.</param>
    /// <param name="host">The assembly of another host than the product's.</param>
    public static async Task<Moving> BeginAsync(
        Deployment deployment,
        string module,
        string? own = null,
        string? host = null
    )
    {
        var moving = new Moving(deployment, module, await RabbitMq.ConnectionStringAsync(), own, host);
        await moving.StartWebAsync();
        // Where a schema is opened first its module is at home.
        await moving.Web.IsReadyAsync();
        await moving.StartOtherAsync();
        await moving.Other.IsReadyAsync();
        return moving;
    }

    /// <summary>Starts the web app, again if it was there.</summary>
    public async Task StartWebAsync(params IReadOnlyList<string> further)
    {
        if (Web is not null)
            await Web.DisposeAsync();
        Web = await StartAsync([$"--urls=http://127.0.0.1:{_port}", .. further]);
    }

    /// <summary>Starts one more replica of the web app.</summary>
    public Task<HostProcess> StartReplicaAsync() => StartAsync([]);

    /// <summary>Starts the module's process, again if it had one.</summary>
    public async Task StartOtherAsync(params IReadOnlyList<string> further) =>
        Other = await StartAsync([
            $"--urls={OtherAddress.GetLeftPart(UriPartial.Authority)}",
            $"--Deployment:Name={OtherName}",
            $"--Auth:Authority=http://127.0.0.1:{_port}",
            "--Auth:Audience=monolith-api",
            "--Edge:KnownProxies:0=127.0.0.1",
            .. Known.Where(one => one != _module).Select(one => $"--Modules:{one}:Placement=Remote"),
            .. OwnDatabase,
            .. further,
        ]);

    private Task<HostProcess> StartAsync(IReadOnlyList<string> arguments) =>
        HostProcess.StartOtherAsync(
            _host,
            _deployment.Folder,
            [.. _deployment.Arguments, .. Patient, .. _broker, .. arguments]
        );

    private string[] OwnDatabase =>
        _own is null
            ? []
            :
            [
                $"--Modules:{_module}:Home=web",
                $"--Modules:{_module}:Database:Engine=PostgreSql",
                $"--Modules:{_module}:Database:ConnectionString={_own}",
            ];

    /// <summary>Runs the command as an operator does.</summary>
    public Task<(int ExitCode, string Output)> ExtractAsync(params IReadOnlyList<string> further) =>
        ExtractAsync(diesAt: null, further);

    /// <summary>Runs the command, and has it killed at a place between two of its commits.</summary>
    public async Task<(int ExitCode, string Output)> ExtractAsync(
        string? diesAt,
        IReadOnlyList<string> further
    )
    {
        using var command = StartExtract(diesAt, further);
        var (output, errors) = (
            command.StandardOutput.ReadToEndAsync(),
            command.StandardError.ReadToEndAsync()
        );
        await command.WaitForExitAsync();
        var said = await output + await errors;
        TestContext.Current.TestOutputHelper?.WriteLine($"extract {string.Join(' ', further)}\n{said}");
        return (command.ExitCode, said);
    }

    private Process StartExtract(string? diesAt, IReadOnlyList<string> further)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in (string[])
                [
                    _host,
                    "extract",
                    _module,
                    $"--web=http://127.0.0.1:{_port}",
                    $"--Database:Directory={_deployment.Folder}",
                    .. _deployment.Arguments,
                    .. _own is null ? [] : (string[])[$"--database={_own}", "--database-engine=PostgreSql"],
                    .. further,
                ]
        )
            start.ArgumentList.Add(argument);
        start.Environment["MONOLITH_OPERATOR_TOKEN"] = Web.Tokens.Operator();
        if (diesAt is not null)
        {
            var order = new FaultOrder(Path.Combine(_deployment.Folder, "fault"));
            order.HeededBy(start, "extract");
            order.Give(diesAt, process: null);
        }
        return Process.Start(start)!;
    }

    /// <summary>Moves the module out.</summary>
    public async Task OutAsync()
    {
        var (code, said) = await ExtractAsync($"--to={OtherAddress}");
        code.ShouldBe(0, said);
        said.ShouldContain($"is at home in '{OtherName}'");
    }

    /// <summary>Brings it back.</summary>
    public async Task BackAsync()
    {
        var (code, said) = await ExtractAsync("--undo");
        code.ShouldBe(0, said);
        said.ShouldContain("is at home in 'web'");
    }

    /// <summary>The name of the module's home, as a process says it.</summary>
    public async Task<string> HomeAsync(HostProcess? asked = null) =>
        (string)
            (
                await (asked ?? Web).Api.GetAsync(
                    $"/api/ops/modules/{_module}/home",
                    (asked ?? Web).Tokens.Operator()
                )
            )
                .ShouldBe(200)
                .Json["home"]!;

    /// <summary>Where the module is at home and how far a move has come, as the web app says it.</summary>
    public async Task<System.Text.Json.Nodes.JsonNode> StatusAsync() =>
        (await Web.Api.GetAsync($"/api/ops/modules/{_module}/home", Web.Tokens.Operator()))
            .ShouldBe(200)
            .Json;

    /// <summary>Begins a move and does not wait for its end.</summary>
    public Task<Answer> BeginMoveAsync() =>
        Web.Api.PostAsync(
            $"/api/ops/modules/{_module}/home/move?to={Uri.EscapeDataString($"{OtherAddress}")}",
            Web.Tokens.Operator()
        );

    /// <summary>Pauses or resumes the module, at the web app.</summary>
    public Task<Answer> ActAsync(string act) => Web.ActAsync(_module, act);

    public async ValueTask DisposeAsync()
    {
        if (Other is not null)
            await Other.DisposeAsync();
        await Web.DisposeAsync();
    }
}
