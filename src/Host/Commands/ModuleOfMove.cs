using Platform.Data;
using Platform.Extraction;
using Platform.Homes;
using Platform.Modules;
using Platform.Settings;

namespace Host.Commands;

/// <summary>The module that a command is about, and its database as the web app's configuration names it.</summary>
internal sealed class ModuleOfMove : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AsyncServiceScope _scope;

    private ModuleOfMove(WebApplication app, AsyncServiceScope scope, ModuleDefinition definition)
    {
        (_app, _scope, Definition) = (app, scope, definition);
        Configured = DatabaseChoice.Read(
            app.Configuration,
            $"Modules:{definition.Name}",
            definition.Stream,
            MoveSide.Mover
        );
    }

    public ModuleDefinition Definition { get; }

    /// <summary>Where the web app has the module's data.</summary>
    public DatabaseChoice Configured { get; }

    public IConfiguration Configuration => _app.Configuration;

    public IServiceProvider Services => _app.Services;

    /// <summary>Finds it; the caller disposes of it.</summary>
    /// <exception cref="SettingRefusedException">A value is wrong, or the module has no database here.</exception>
    public static ModuleOfMove Open(CommandLine line, Composition composition, string name)
    {
        var (app, _) = ModulesAlone.Build(line, composition, isSilent: true);
        return
            app.Services.GetRequiredService<ModuleCatalog>().Find(name)
                is { DatabaseContext: not null } module
            ? new ModuleOfMove(app, app.Services.CreateAsyncScope(), module)
            : throw new SettingRefusedException(
                $"Modules:{name}",
                "it has no database here: configure this command as the web app is, with the login that owns the tables."
            );
    }

    /// <summary>Opens one of its databases; the caller disposes of it.</summary>
    public ModuleDbContext Open(DatabaseChoice at) =>
        ModuleContexts.Open(_scope.ServiceProvider, Definition, at);

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _app.DisposeAsync();
    }
}
