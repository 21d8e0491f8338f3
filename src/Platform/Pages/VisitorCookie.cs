using Microsoft.AspNetCore.Http;

namespace Platform.Pages;

/// <summary>What a page keeps with its visitor, since pages themselves keep nothing.</summary>
public static class VisitorCookie
{
    /// <summary>Keeps a value. Scripts cannot read it, and forms of other sites do not bring it.</summary>
    /// <param name="http">The request that is answered.</param>
    /// <param name="name">The cookie's name.</param>
    /// <param name="value">In characters that a cookie may have.</param>
    /// <param name="lasting">For how long.</param>
    public static void Keep(HttpContext http, string name, string value, TimeSpan lasting)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.Cookies.Append(
            name,
            value,
            new CookieOptions
            {
                MaxAge = lasting,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                IsEssential = true,
            }
        );
    }
}
