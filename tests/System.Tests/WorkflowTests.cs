using System.Data.Common;
using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// A job that cannot pass was never run. What the job on other engines says is held against what its tests ask for, as
/// far as that goes without its servers.
/// </summary>
public sealed class WorkflowTests
{
    /// <summary>What a test is told by the environment begins so; where modules are is told by hand alone.</summary>
    private const string Ours = "MONOLITH_";

    private static readonly Workflow Engines = Workflow.Job("engines");

    [Fact]
    [Trait("Fault", "Q7")]
    public void Every_suite_of_the_job_is_there_and_every_engine_is_one_that_tests_know()
    {
        Engines.Tested.ShouldNotBeEmpty();
        foreach (var project in Engines.Tested)
            Directory
                .GetFiles(Path.Combine(Repository.Root, project), "*.csproj")
                .ShouldHaveSingleItem(project);
        foreach (var engine in Engines.Engines)
            Enum.GetNames<TestEngine>().ShouldContain(engine);
    }

    [Fact]
    [Trait("Fault", "Q7")]
    public void What_the_job_tells_its_tests_is_what_they_read()
    {
        var read = Sources("tests/Platform.Testing").ToList();
        foreach (
            var name in Engines.Environment.Keys.Where(name =>
                name.StartsWith(Ours, StringComparison.Ordinal)
            )
        )
            read.ShouldContain(text => text.Contains($"\"{name}\"", StringComparison.Ordinal), name);
        foreach (
            var name in new[] { TestEngines.Variable, PostgreSqlServer.Variable, "MONOLITH_SQLSERVER", "CI" }
        )
            Engines.Environment.Keys.ShouldContain(name);
    }

    [Theory]
    [Trait("Fault", "Q7")]
    [InlineData("postgres", "MONOLITH_POSTGRES", "POSTGRES_PASSWORD", "5432")]
    [InlineData("sqlserver", "MONOLITH_SQLSERVER", "MSSQL_SA_PASSWORD", "1433")]
    public void Tests_reach_the_server_that_the_job_starts(
        string service,
        string variable,
        string password,
        string port
    )
    {
        var address = new DbConnectionStringBuilder { ConnectionString = Engines.Environment[variable] };

        $"{address["Password"]}".ShouldBe(Engines.Service(service)[password]);
        $"{(address.TryGetValue("Host", out var host) ? host : address["Server"])}".ShouldBe("localhost");
        Engines.PortOf(service).ShouldBe(port);
        if (Engines.HealthOf(service).Contains("-P ", StringComparison.Ordinal))
            Engines.HealthOf(service).ShouldContain($"-P {Engines.Service(service)[password]} ");
    }

    /// <summary>In CI a test whose server is missing fails, so the job installs what its suites start themselves.</summary>
    [Fact]
    [Trait("Fault", "Q7")]
    public void The_broker_that_its_tests_start_themselves_is_installed_before()
    {
        var commands = Engines.Commands.ToList();
        var starting = Engines.Tested.Where(project =>
            Sources(project).Any(text => text.Contains("RabbitMqServer.StartAsync", StringComparison.Ordinal))
        );
        starting.ShouldNotBeEmpty();
        commands
            .TakeWhile(command => !command.Contains("dotnet test", StringComparison.Ordinal))
            .ShouldContain(command =>
                command.Contains("apt-get install", StringComparison.Ordinal)
                && command.Contains(" rabbitmq-server", StringComparison.Ordinal)
            );
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Select(File.ReadAllText);
}
