using JasperFx.CodeGeneration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;

namespace Platform.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlantedStream _talk = new("talk");

    [Fact]
    public async Task A_process_whose_handlers_were_not_generated_refuses_to_start()
    {
        var refused = await Should.ThrowAsync<Exception>(() =>
            ModuleHost.StartAsync(
                _folder,
                [new NotesModule()],
                [_talk],
                bus: bus => bus.CodeGeneration.TypeLoadMode = TypeLoadMode.Static
            )
        );
        refused.ToString().ShouldContain("WordSaid");
    }

    [Fact]
    public async Task A_process_whose_bus_lacks_a_declared_handler_refuses_to_start_and_says_how_to_mend_it()
    {
        var refused = await Should.ThrowAsync<HandlersRefusedException>(() =>
            ModuleHost.StartAsync(_folder, [new HandlerlessModule()], [_talk])
        );
        refused.Message.ShouldContain("talk.word-said.v1");
        refused.Message.ShouldContain("scripts/generate-handlers");
    }

    [Fact]
    public void A_module_cannot_handle_one_event_twice() =>
        Should.Throw<InvalidOperationException>(() =>
            new NotesModule().Define().AndHandles<WordSaid, WordSaidHandler>()
        );

    [Fact]
    public void A_record_without_an_alias_is_no_event() =>
        Should.Throw<ArgumentException>(() =>
            new NotesModule().Define().AndHandles<Poison, WordSaidHandler>()
        );

    [Fact]
    public async Task A_module_that_is_off_is_not_part_of_the_process()
    {
        await using var host = await ModuleHost.StartAsync(
            _folder,
            [new NotesModule()],
            [_talk],
            settings: new Dictionary<string, string?> { ["Modules:Notes:Placement"] = "Off" }
        );

        var answer = await host.Anonymous().PostAsync("/api/notes", null);

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        File.Exists(Path.Combine(_folder.Path, "notes.db")).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Declares a handler that has no method for the event.</summary>
    private sealed class HandlerlessModule : IModule
    {
        public ModuleDefinition Define() =>
            ModuleDefinition
                .Named("Handlerless", typeof(HandlerlessModule).Assembly)
                .AndHandles<WordSaid, DeafHandler>();

        public void AddServices(IServiceCollection services, IConfiguration settings) { }

        public void MapEndpoints(IEndpointRouteBuilder routes) { }
    }
}

/// <summary>Looks like a handler and hears nothing.</summary>
public sealed class DeafHandler
{
    public static void Hear(WordSaid happened) => ArgumentNullException.ThrowIfNull(happened);
}
