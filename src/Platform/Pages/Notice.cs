using Microsoft.AspNetCore.Http;
using Platform.Domain;

namespace Platform.Pages;

/// <summary>A sentence that waits for the next page a visitor sees: why their form was not done, or that it was.</summary>
public static class Notice
{
    private const string Cookie = "notice";
    private const int Longest = 400;

    /// <summary>Leaves a sentence for the next page.</summary>
    public static void Leave(HttpContext http, string text)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(text);
        http.Response.Cookies.Append(
            Cookie,
            Uri.EscapeDataString(text.Length > Longest ? text[..Longest] : text),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                IsEssential = true,
            }
        );
    }

    /// <summary>Takes the sentence, if one waits. It is shown once.</summary>
    public static string? Take(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } text)
            return null;
        if (!http.Response.HasStarted)
            http.Response.Cookies.Delete(Cookie);
        return Uri.UnescapeDataString(text);
    }

    /// <summary>Back to a page after a form: with the reason when it was refused.</summary>
    /// <typeparam name="TPage">A page of the module, whose words say the reason.</typeparam>
    /// <typeparam name="T">What it would have yielded.</typeparam>
    /// <param name="result">What came of it.</param>
    /// <param name="http">The request.</param>
    /// <param name="path">The page.</param>
    public static IResult Then<TPage, T>(this Result<T> result, HttpContext http, string path)
        where TPage : PageBase
    {
        if (!result.IsDone)
            Leave(http, Words.Of(typeof(TPage).Assembly).Say(result.Error));
        return Page.SeeOther(path);
    }
}
