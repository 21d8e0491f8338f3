using System.Diagnostics;

/// <summary>
/// Runs within a command that a test starts (<c>DOTNET_STARTUP_HOOKS</c>), before its <c>Main</c>, and ends it as by
/// <c>kill -9</c> at the place that <see cref="PlaceVariable"/> names, between two of its commits.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for this very name, in no namespace.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    /// <summary>Names one of the places of <c>FaultPoints</c>.</summary>
    public const string PlaceVariable = "MONOLITH_TEST_DIES_AT";

    private const string HostingListener = "Microsoft.Extensions.Hosting";
    private const string HostBuilt = "HostBuilt";
    private const string FaultPoints = "Platform.Streams.FaultPoints, Platform";

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    private static void Arm(object host)
    {
        var services = host.GetType().GetInterface("IHost")!.GetProperty("Services")!.GetValue(host);
        var type = Type.GetType(FaultPoints, throwOnError: true)!;
        var points = ((IServiceProvider)services!).GetService(type);
        var place = Environment.GetEnvironmentVariable(PlaceVariable);
        type.GetProperty("Reached")!.SetValue(points, (Action<string>)Reached);

        void Reached(string reached)
        {
            if (reached == place)
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
