using System.Reflection;
using Simulator.Checking;
using Simulator.Databases;
using Simulator.Deployments;

namespace Simulator.Tests.Running;

/// <summary>
/// The host of <c>tests/FourModules</c>: its fourth module, Echoes, handles events that the others handle too and
/// notes each, and what it was about, as often as it is told.
/// </summary>
internal static class HostWithEchoes
{
    public const string Fourth = "echoes";

    private static readonly Dictionary<string, string> Handled = new(StringComparer.Ordinal)
    {
        [Events.OrderAccepted] = "OrderAccepted",
        [Events.OrderReady] = "OrderReady",
        [Events.OrderDelivered] = "OrderDelivered",
        [Events.DeliveryCompleted] = "DeliveryCompleted",
        [Events.StoreRatingChanged] = "StoreRatingChanged",
    };

    public static HostBuild Build { get; } =
        new(
            typeof(HostWithEchoes)
                .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "FourModules")
                .Value!,
            [.. HostBuild.Chosen.Modules, "Echoes"]
        );

    /// <summary>What Echoes has noted, in an order of its own.</summary>
    public static async Task<IReadOnlyList<string>> NotedAsync(
        DeploymentStores databases,
        CancellationToken stop
    ) =>
        Ordered(
            (await databases.Of(Fourth).ReadAsync("echo", stop)).Select(row =>
                $"{row.Text("Heard")} of {row.Id("Key")}"
            )
        );

    /// <summary>What it ought to have noted: once each that the others said.</summary>
    public static IReadOnlyList<string> Said(Evidence evidence) =>
        Ordered(
            DeploymentStores
                .Modules.SelectMany(evidence.SaidBy)
                .Where(said => Handled.ContainsKey(said.Type))
                .Select(said => $"{Handled[said.Type]} of {SubjectOf(said)}")
        );

    private static Guid SubjectOf(Said said) =>
        said.Type.StartsWith("riders.", StringComparison.Ordinal) ? said.Id("orderId") : said.Key;

    private static IReadOnlyList<string> Ordered(IEnumerable<string> notes) =>
        [.. notes.Order(StringComparer.Ordinal)];
}
