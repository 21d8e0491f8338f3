using Host.Settings;

namespace Host.ControlRoom;

/// <summary>Where operators see how modules are, and act on them.</summary>
internal static class ControlRoomSetup
{
    public static void AddControlRoom(this WebApplicationBuilder builder, HostSettings settings) =>
        builder
            .Services.AddSingleton<ModulePaces>()
            .AddSingleton<FigureTrends>()
            .AddSingleton(settings.Alerts)
            .AddSingleton<Alerts>()
            .AddSingleton<RoomReader>()
            .AddSingleton<HomeReader>()
            .AddSingleton<RoomStream>()
            .AddSingleton<RoomSampler>()
            .AddHostedService(provider => provider.GetRequiredService<RoomSampler>());

    public static void MapControlRoom(this WebApplication app) => RoomPages.Map(app);
}
