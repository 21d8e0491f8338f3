using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Domain;
using Platform.Http;

namespace Platform.Pages;

/// <summary>Answers with a page of a module, rendered on the server and done when it is sent.</summary>
public static class Page
{
    /// <summary>The request header by which a page asks for a piece of itself.</summary>
    public const string FragmentHeader = "X-Fragment";

    /// <summary>A whole page: the body within the process's shell.</summary>
    /// <typeparam name="TBody">A component that derives from <see cref="PageBase"/>.</typeparam>
    /// <param name="model">What the body shows.</param>
    /// <param name="status">The HTTP status.</param>
    public static IResult Of<TBody>(object? model = null, int status = StatusCodes.Status200OK)
        where TBody : PageBase =>
        new RazorComponentResult<PageFrame>(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PageFrame.Body)] = typeof(TBody),
                [nameof(PageFrame.Model)] = model,
            }
        )
        {
            StatusCode = status,
        };

    /// <summary>The page of a form that was refused, with what was typed into it; its status says so as well.</summary>
    /// <typeparam name="TBody">A component that derives from <see cref="PageBase"/>.</typeparam>
    /// <param name="error">Why.</param>
    /// <param name="model">What the page shows, the refusal among it.</param>
    public static IResult Refused<TBody>(Error error, object? model)
        where TBody : PageBase => Of<TBody>(model, Problems.StatusOf(error));

    /// <summary>A piece of a page, which another page, of whichever module, fetches and shows in itself.</summary>
    /// <inheritdoc cref="Of{TBody}"/>
    public static IResult Fragment<TBody>(object? model = null)
        where TBody : PageBase =>
        new RazorComponentResult<TBody>(
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(PageBase.Model)] = model }
        );

    /// <summary>A fragment for a page that asks for one, and a whole page for a visitor who follows its link.</summary>
    /// <inheritdoc cref="Of{TBody}"/>
    public static IResult For<TBody>(HttpContext http, object? model = null)
        where TBody : PageBase
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Request.Headers.ContainsKey(FragmentHeader) ? Fragment<TBody>(model) : Of<TBody>(model);
    }

    /// <summary>After a form was taken: go and look, so that a reload does not send it again.</summary>
    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = Local.Ascii(path);
            return Task.CompletedTask;
        }
    }
}

/// <summary>The component that a process puts around every page: navigation, sign-in, theme.</summary>
/// <param name="Component">Takes the page as <c>ChildContent</c>.</param>
public sealed record PageShell(Type Component);
