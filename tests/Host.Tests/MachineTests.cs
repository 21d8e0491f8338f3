using Host.Tests.Running;

namespace Host.Tests;

/// <summary>What the machine must have is asked for in one sentence, before anything is served.</summary>
[Trait("Fault", "E8")]
public sealed class MachineTests
{
    [Theory]
    [InlineData("CLR_ICU_VERSION_OVERRIDE", "1.1", "libicu")]
    [InlineData("TZDIR", "/nowhere", "tzdata")]
    public async Task A_machine_without_icu_or_time_zones_is_told_which_package_it_lacks(
        string variable,
        string value,
        string package
    )
    {
        using var folder = new DataFolder();

        var (exitCode, errors) = await HostProcess.RunLackingAsync(folder, variable, value);

        exitCode.ShouldBe(1, errors);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(package);
    }
}
