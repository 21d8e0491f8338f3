using System.Net.Http.Json;
using System.Text.Json;
using Platform.Http;
using Platform.Modules;

namespace Platform.Homes;

/// <summary>Asks another process, as whoever forwards calls to it would reach it, whether it could run a module.</summary>
internal sealed class Reach : IDisposable
{
    /// <summary>The header in which a process says its name when it is asked for its health.</summary>
    public const string NameHeader = "Monolith-Home";

    private readonly HttpClient _http = ProcessClient.Create();

    /// <summary>Who answers at an address, and what keeps it from running the module; null when nothing does.</summary>
    public async Task<(string? Name, string? Trouble)> AskAsync(
        Uri address,
        ModuleDefinition module,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
            if (
                !answer.Headers.TryGetValues(NameHeader, out var names)
                || names.FirstOrDefault() is not { } name
            )
                return (
                    null,
                    $"What answers at {address} does not say its name: it is no process of this system, or one of an older build."
                );
            var health = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return (name, TroubleIn(health, module, name));
        }
        catch (Exception failure)
            when (failure is HttpRequestException or TaskCanceledException or JsonException
                && !cancellationToken.IsCancellationRequested
            )
        {
            return (null, $"Nobody can be reached at {address} ({failure.Message.TrimEnd('.')}).");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? TroubleIn(JsonElement health, ModuleDefinition module, string name)
    {
        var entries = health.GetProperty("entries");
        if (!entries.TryGetProperty(module.Name, out var entry))
            return $"'{name}' cannot run {module.Name}: set Modules:{module.Name}:Placement to Local there.";
        return entry.GetProperty("status").GetString() == "Unhealthy"
            ? $"'{name}' is not ready to run {module.Name}: {entry.GetProperty("description").GetString()}"
            : null;
    }
}
