using Host.Settings;
using MudBlazor.Services;
using Platform.Pages;

namespace Host.Pages;

/// <summary>The web app around the modules' pages: shell, sign-in, language. What pages say is the modules' own.</summary>
internal static class PagesSetup
{
    private static readonly string[] Languages = ["en", "ko"];

    /// <summary>Goes before problems are set up, so that people see pages where programs get problem details.</summary>
    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IProblemDetailsWriter, HtmlProblems>();
        services.AddSingleton(new PageShell(typeof(Shell)));
        services.AddRazorComponents();
        services.AddMudServices();
        services.Configure<RequestLocalizationOptions>(options =>
            options
                .SetDefaultCulture(Languages[0])
                .AddSupportedCultures(Languages)
                .AddSupportedUICultures(Languages)
        );
    }

    /// <summary>Goes behind the edge and before authentication.</summary>
    public static void UsePages(this WebApplication app)
    {
        app.UseWhen(
            http => http.Request.WantsPage() || http.Request.HasFormContentType,
            branch => branch.UseRequestLocalization()
        );
        app.UseMiddleware<SameOrigin>();
    }

    public static void MapPages(this WebApplication app, HostSettings settings)
    {
        ShellAssets.Map(app);
        StartPages.Map(app);
        StreamPages.Map(app);
        if (settings.Auth.IsBuiltIn)
            SignInPages.Map(app);
        else if (settings.Auth.ClientId is not null)
            ExternalSignIn.Map(app);
    }
}
