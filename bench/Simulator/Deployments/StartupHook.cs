using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Simulator.Deployments;

/// <summary>
/// Runs within a host that the simulator starts (<c>DOTNET_STARTUP_HOOKS</c>), before its <c>Main</c>: the host's own
/// build is tried, and yet it can be killed between any two steps of its work.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for this very name, in no namespace.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    private const string HostingListener = "Microsoft.Extensions.Hosting";
    private const string HostBuilt = "HostBuilt";
    private const string FaultPoints = "Platform.Streams.FaultPoints, Platform";

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    private static void Arm(IHost host)
    {
        var type = Type.GetType(FaultPoints, throwOnError: true)!;
        var points = host.Services.GetService(type);
        var order = new FaultOrder(Environment.GetEnvironmentVariable(FaultOrder.FileVariable)!);
        var name = Environment.GetEnvironmentVariable(FaultOrder.NameVariable)!;
        type.GetProperty("Reached")!.SetValue(points, (Action<string>)Reached);

        void Reached(string place)
        {
            if (order.TryTake(place, name))
                Process.GetCurrentProcess().Kill();
        }
    }

    private sealed class Listeners : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == HostingListener)
                value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: HostBuilt, Value: IHost host })
                Arm(host);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
