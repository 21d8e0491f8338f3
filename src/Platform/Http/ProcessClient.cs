namespace Platform.Http;

/// <summary>How one process of a deployment asks another: directly, and not for long.</summary>
internal static class ProcessClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Makes a client; the caller disposes of it.</summary>
    public static HttpClient Create() =>
        new(
            new SocketsHttpHandler
            {
                ConnectTimeout = Patience,
                UseProxy = false,
                AllowAutoRedirect = false,
            }
        )
        {
            Timeout = Patience,
        };
}
