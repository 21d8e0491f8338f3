using Host.Tests.Running;

namespace Host.Tests;

/// <summary>What a start leaves for whoever first needs it.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_first_start_complains_of_nothing()
    {
        using var folder = new DataFolder();
        await using var host = await HostProcess.StartAsync(folder);

        (await host.Http.GetAsync("/health/live")).EnsureSuccessStatusCode();

        host.Output.ShouldNotContain("fail:");
    }
}
