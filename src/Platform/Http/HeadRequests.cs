using Microsoft.AspNetCore.Http;

namespace Platform.Http;

/// <summary>
/// Answers <c>HEAD</c> wherever <c>GET</c> is answered: endpoints see a <c>GET</c>, and the server, which knows better,
/// sends what they say without its body.
/// </summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    private static readonly object Asked = new();

    public Task InvokeAsync(HttpContext http) =>
        HttpMethods.IsHead(http.Request.Method) ? AskAsGetAsync(http) : next(http);

    private async Task AskAsGetAsync(HttpContext http)
    {
        http.Items[Asked] = Asked;
        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    }

    /// <summary>Whether only the answer's head is wanted, which is all there is of a stream that would never end.</summary>
    public static bool IsFor(HttpContext http) => http.Items.ContainsKey(Asked);
}
