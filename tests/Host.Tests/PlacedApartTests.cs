using FourModules;
using Host.Commands;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>
/// The code that hands events to handlers is generated once, with all modules together. A fourth module handles events
/// that Orders, Riders and Reviews handle too.
/// </summary>
public sealed class PlacedApartTests : IDisposable
{
    private static readonly string[] Modules = ["Orders", "Riders", "Reviews", "Echoes"];

    private readonly DataFolder _folder = new();

    public static TheoryData<string> Subsets =>
        [
            .. Enumerable
                .Range(1, (1 << Modules.Length) - 1)
                .Select(bits => string.Join(',', Modules.Where((_, index) => (bits & (1 << index)) != 0))),
        ];

    /// <summary>The start asserts that each declared event leads to its declared handler.</summary>
    [Theory]
    [Trait("Fault", "G1")]
    [MemberData(nameof(Subsets))]
    public async Task Modules_start_in_any_company_with_the_code_that_was_generated_for_all(string together)
    {
        var away = Modules.Except(together.Split(','), StringComparer.Ordinal);
        await using var app = Serving.Build(
            CommandLine.Read([
                "--environment=Development",
                "--urls=http://127.0.0.1:0",
                $"--Database:Directory={_folder.Path}",
                "--Logging:LogLevel:Default=None",
                .. away.Select(module => $"--Modules:{module}:Placement=Off"),
            ]),
            FourModulesHost.Composition
        );

        await app.StartAsync(TestContext.Current.CancellationToken);

        app.Urls.ShouldNotBeEmpty();
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();
}
