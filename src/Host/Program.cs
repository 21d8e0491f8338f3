using Host.Edge;
using Host.Identity;
using Host.Settings;
using Host.Telemetry;
using Platform.Settings;

try
{
    var builder = WebApplication.CreateBuilder(args);
    var settings = HostSettings.Read(
        builder.Configuration,
        builder.Environment,
        "Orders",
        "Riders",
        "Reviews"
    );
    builder.AddEdge(settings);
    builder.AddIdentity(settings);
    builder.AddTelemetry();
    builder.Services.AddApiDescription();

    await using var app = builder.Build();
    app.UseEdge(settings);
    app.UseIdentity();
    app.MapIdentity();
    app.MapTelemetry(settings.Edge.MetricsForEveryone);
    app.MapHealth();
    app.MapApiDescription();

    if (args is ["migrate", ..])
    {
        await app.MigrateIdentityAsync();
        return 0;
    }

    await app.CheckIdentityAsync();
    await app.RunAsync();
    return 0;
}
catch (SettingRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
