using Host;
using Host.Edge;
using Host.Gateway;
using Host.Identity;
using Host.Pages;
using Host.Settings;
using Host.Telemetry;
using JasperFx;
using Orders;
using Platform.Hosting;
using Platform.Modules;
using Reviews;
using Riders;

IModule[] modules = [new OrdersModule(), new RidersModule(), new ReviewsModule()];

try
{
    var builder = WebApplication.CreateBuilder(HostSettings.From(args));
    var settings = HostSettings.Read(
        builder.Configuration,
        builder.Environment,
        [.. modules.Select(module => module.Define().Name)]
    );
    builder.AddPages(settings);
    builder.AddEdge(settings);
    builder.AddIdentity(settings);
    builder.AddTelemetry();
    builder.AddModules(modules, GeneratedHandlers.Use);
    builder.AddGateway(settings, [.. modules.Select(module => module.Define())]);
    builder.Services.AddApiDescription();
    builder.Services.AddHostedService<StartUpGarbage>();

    await using var app = builder.Build();
    app.UseEdge(settings);
    app.UsePages();
    app.UseIdentity();
    app.MapIdentity();
    app.MapPages(settings);
    app.MapModules();
    app.MapGateway();
    app.MapTelemetry();
    app.MapHealth();
    app.MapApiDescription();

    if (args is ["codegen", ..])
        return await app.RunJasperFxCommands(args);
    if (args is ["migrate", ..])
    {
        await app.MigrateIdentityAsync();
        await app.MigrateModulesAsync();
        return 0;
    }

    await app.CheckIdentityAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (Refusal.SentenceFor(exception) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
