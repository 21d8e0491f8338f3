using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Http;

namespace Platform.Ops;

/// <summary>Sends an operator's calls to other processes of the deployment, in the operator's own name.</summary>
internal sealed class RemoteCalls(ILogger<RemoteCalls> logger, ICallerTokens? tokens = null) : IDisposable
{
    /// <summary>The header that tells a process it was asked by another one.</summary>
    private const string PassedOn = "X-Monolith-Passed-On";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly HttpClient _http = ProcessClient.Create();

    /// <summary>A process that was asked by another one speaks of its own modules only, or they would ask each other for ever.</summary>
    public static bool IsPassedOn(HttpRequest request) => request.Headers.ContainsKey(PassedOn);

    /// <summary>
    /// Asks at one address after the other until somebody answers. What is to be done and may have arrived is asked
    /// for once: an act that is repeated can be another one.
    /// </summary>
    public async Task<HttpResponseMessage?> SendAsync(
        IReadOnlyList<Uri> place,
        HttpRequest request,
        string path,
        CancellationToken cancellationToken
    )
    {
        foreach (var address in place)
        {
            try
            {
                using var asked = Request(
                    new Uri(address, path.Contains('?') ? path : $"{path}{request.QueryString}"),
                    request
                );
                return await _http.SendAsync(asked, cancellationToken);
            }
            catch (Exception failure)
                when (failure is HttpRequestException or TaskCanceledException
                    && !cancellationToken.IsCancellationRequested
                )
            {
                logger.LogInformation(
                    "The process at {Address} cannot be asked: {Reason}",
                    address,
                    failure.Message
                );
                var isUnsent =
                    failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
                if (!isUnsent && !HttpMethods.IsGet(request.Method))
                    return null;
            }
        }
        return null;
    }

    /// <summary>What a process says; null when whatever is at that address says something else.</summary>
    public static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(Json, cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Uri address, HttpRequest request)
    {
        var asked = new HttpRequestMessage(new HttpMethod(request.Method), address);
        asked.Headers.Add(PassedOn, "true");
        var caller =
            tokens?.AuthorizationFor(request.HttpContext) ?? request.Headers.Authorization.ToString();
        if (AuthenticationHeaderValue.TryParse(caller, out var authorization))
            asked.Headers.Authorization = authorization;
        return asked;
    }
}
