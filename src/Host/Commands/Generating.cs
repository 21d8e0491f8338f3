using JasperFx.CodeGeneration;
using JasperFx.CodeGeneration.Model;
using Platform.Hosting;

namespace Host.Commands;

/// <summary>
/// Generates the code that hands events to handlers, for all modules of the build. What a deployment has configured
/// plays no part in it, so that the code is the same wherever it is generated.
/// </summary>
internal static class Generating
{
    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        if (line.Words is not [_, "write"])
        {
            await Console.Error.WriteLineAsync(
                "codegen: 'codegen write' is all there is; it writes below the working folder, to Internal/Generated."
            );
            return 1;
        }
        // What was generated before must not decide which handlers there are.
        DynamicCodeBuilder.WithinCodegenCommand = true;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.AddModules(composition.Modules, composition.ConfigureBus);
        await using var app = builder.Build();
        var writer = new DynamicCodeBuilder(
            app.Services,
            [.. app.Services.GetServices<ICodeFileCollection>()]
        )
        {
            ServiceVariableSource = app.Services.GetService<IServiceVariableSource>(),
        };
        writer.WriteGeneratedCode(Console.WriteLine);
        return 0;
    }
}
