using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Figures;

/// <summary>Finds out which of several replicas handles a stream.</summary>
internal static class Follower
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The host that follows Orders for Riders. None does while a lease passes from one to another.</summary>
    public static async Task<RunningHost> OfAsync(IReadOnlyList<RunningHost> hosts, string operatorToken)
    {
        RunningHost? holder = null;
        await hosts[0].UntilAsync(FoundAsync, Patience);
        return holder!;

        async Task<bool> FoundAsync()
        {
            var following = new List<RunningHost>();
            foreach (var host in hosts)
            {
                if (await FollowsAsync(host, operatorToken))
                    following.Add(host);
            }
            holder = following.Count == 1 ? following[0] : null;
            return holder is not null;
        }
    }

    private static async Task<bool> FollowsAsync(RunningHost host, string operatorToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/ops/modules");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operatorToken);
        using var answer = await host.Http.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>())
            .EnumerateArray()
            .Single(module => Is(module, "name", "riders"))
            .GetProperty("subscriptions")
            .EnumerateArray()
            .Any(subscription =>
                Is(subscription, "stream", "orders") && Is(subscription, "state", "running")
            );
    }

    private static bool Is(JsonElement element, string property, string value) =>
        string.Equals(element.GetProperty(property).GetString(), value, StringComparison.OrdinalIgnoreCase);
}
