using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Platform.Pages;

namespace Host.Pages;

/// <summary>What a page says when something could not be done.</summary>
internal sealed record ProblemView(int Status, string? Detail, string Back);

/// <summary>
/// Shows people a page where programs get problem details. A fragment that cannot be had is simply not there:
/// the page that wanted it says so in its own words.
/// </summary>
internal sealed class HtmlProblems : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.WantsPage();

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = context.ProblemDetails.Status ?? http.Response.StatusCode;
        if (http.Request.IsForFragment())
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (http.Features.Get<IRequestCultureFeature>()?.RequestCulture is { } culture)
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture.Culture, culture.UICulture);
        var view = new ProblemView(status, context.ProblemDetails.Detail, http.Request.CameFrom());
        // The page that failed may have been half rendered, and a request's renderer renders one page.
        var services = http.RequestServices;
        await using var scope = services.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await Page.Of<ProblemPage>(view, status).ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = services;
        }
    }
}
