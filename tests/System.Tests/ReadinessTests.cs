using System.Security.Cryptography;
using System.Tests.Running;

namespace System.Tests;

/// <summary>A process is taken out of rotation when nothing that it leads to can work, and not before.</summary>
public sealed class ReadinessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.Sqlite);

    [Theory]
    [InlineData("the web app in front of others", 200, "--Modules:Orders:Address=http://127.0.0.1:1")]
    [InlineData("a process of its own", 503)]
    public async Task Where_the_only_module_is_ill(string process, int ready, params string[] further)
    {
        var garbage = RandomNumberGenerator.GetBytes(8192);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "reviews.db"), garbage);

        await using var host = await HostProcess.StartAsync(
            _folder.Path,
            [
                "--Modules:Orders:Placement=Remote",
                "--Modules:Riders:Placement=Off",
                "--Broker:Kind=RabbitMq",
                "--Broker:ConnectionString=amqp://guest:guest@127.0.0.1:1",
                .. further,
            ]
        );

        await Eventually.HoldsAsync(
            async () =>
            {
                var answer = await host.Api.GetAsync("/health/ready");
                var entries = answer.Json["entries"]!;
                return answer.Status == ready
                    && (string)entries["Identity"]!["status"]! == "Healthy"
                    && ((string?)entries["Reviews"]!["description"])?.Contains("cannot be used") is true;
            },
            $"{process} answers {ready}"
        );
    }

    public void Dispose() => _folder.Dispose();
}
