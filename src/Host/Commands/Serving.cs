using Host.ControlRoom;
using Host.Edge;
using Host.Gateway;
using Host.Identity;
using Host.Pages;
using Host.Settings;
using Host.Telemetry;
using Platform.Hosting;

namespace Host.Commands;

/// <summary>Without a command: the web application, of those modules that are placed in this process.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        await using var app = Build(line, composition);
        await app.CheckIdentityAsync();
        await app.RunAsync();
        return 0;
    }

    /// <summary>Puts it together; nothing runs yet.</summary>
    public static WebApplication Build(CommandLine line, Composition composition)
    {
        var modules = composition.Modules;
        var builder = WebApplication.CreateBuilder(HostSettings.From(line.Settings));
        var settings = HostSettings.Read(builder.Configuration, builder.Environment, composition.ModuleNames);
        OtherBuilds.Check(settings, modules);
        builder.AddPages();
        builder.AddControlRoom(settings);
        builder.AddEdge(settings);
        builder.AddIdentity(settings);
        builder.AddTelemetry();
        builder.AddModules(modules, composition.ConfigureBus);
        builder.AddGateway(settings, [.. modules.Select(module => module.Define())]);
        builder.Services.AddApiDescription();
        builder.Services.AddSingleton(StreamContracts.From(builder.Configuration, modules));
        builder.Services.AddHostedService<StartUpGarbage>();

        var app = builder.Build();
        app.UseEdge(settings);
        app.UsePages();
        app.UseIdentity();
        app.MapIdentity();
        app.MapPages(settings);
        app.MapControlRoom();
        app.MapModules();
        app.MapGateway();
        app.MapTelemetry();
        app.MapHealth();
        app.MapApiDescription();
        StreamContracts.Map(app);
        return app;
    }
}
