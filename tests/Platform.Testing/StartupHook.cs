using System.Diagnostics;
using Platform.Testing;

/// <summary>
/// Runs within a host or a command that a test starts (<c>DOTNET_STARTUP_HOOKS</c>), before its <c>Main</c>: its own
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

    /// <summary>By name, so that this needs nothing of what the process is made of.</summary>
    private static void Arm(object host)
    {
        var services = (IServiceProvider)
            host.GetType().GetInterface("IHost")!.GetProperty("Services")!.GetValue(host)!;
        var type = Type.GetType(FaultPoints, throwOnError: true)!;
        var points = services.GetService(type);
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
            if (value is { Key: HostBuilt, Value: { } host })
                Arm(host);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
