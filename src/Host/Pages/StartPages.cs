using Microsoft.AspNetCore.Localization;
using Platform.Http;
using Platform.Pages;

namespace Host.Pages;

/// <summary>The start, which is another place for each role, and what a visitor prefers.</summary>
internal static class StartPages
{
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(365);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapPage("/", Start);
        pages.MapForm("/preferences", Prefer);
    }

    private static IResult Start(HttpContext http) =>
        Results.Redirect(
            Caller.From(http.User)?.Role switch
            {
                Roles.Store => "/store",
                Roles.Rider => "/rider",
                Roles.Operator => "/ops",
                _ => "/stores",
            }
        );

    private static IResult Prefer(PageForm form, HttpContext http)
    {
        var cookies = http.Response.Cookies;
        var kept = new CookieOptions
        {
            MaxAge = Lasting,
            SameSite = SameSiteMode.Lax,
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            IsEssential = true,
        };
        if (form["language"] is "ko" or "en")
        {
            var culture = new RequestCulture(form["language"]!);
            cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(culture),
                kept
            );
        }

        if (form["theme"] is "light" or "dark")
            cookies.Append("theme", form["theme"]!, kept);
        else if (form["theme"] is not null)
            cookies.Delete("theme");
        return Page.SeeOther(PageRequests.Within(form["back"]));
    }
}
