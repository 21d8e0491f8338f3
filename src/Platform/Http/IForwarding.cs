using Microsoft.AspNetCore.Http;

namespace Platform.Http;

/// <summary>Passes calls on to the process where their module is at home.</summary>
public interface IForwarding
{
    /// <summary>Has the call answered there, or says why that cannot be.</summary>
    /// <param name="http">The call; nothing of it has been answered yet.</param>
    /// <param name="module">The module's name.</param>
    /// <param name="address">Where it is at home.</param>
    Task ForwardAsync(HttpContext http, string module, Uri address);
}
