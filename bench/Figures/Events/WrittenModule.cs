using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Platform.Modules;

namespace Figures.Events;

/// <summary>
/// Modules that follow a stream and write a row for each event. A module is an assembly, so that thirty of them are
/// written from one text and compiled at run time.
/// </summary>
internal static class WrittenModule
{
    private const string Text = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        using Figures.Events;
        using Platform.Commands;
        using Platform.Data;
        using Platform.Domain;
        using Platform.Modules;

        namespace $Name;

        public sealed class $NameModule : IModule
        {
            public ModuleDefinition Define() =>
                ModuleDefinition
                    .Named("$Name", typeof($NameModule).Assembly)
                    .WithDatabase<$NameDbContext>()
                    $Handles;

            public void AddServices(IServiceCollection services, IConfiguration settings) { }

            public void MapEndpoints(IEndpointRouteBuilder routes) { }
        }

        internal sealed class Effect
        {
            public required Guid Id { get; init; }
            public required string Item { get; init; }
            public required decimal Total { get; init; }
        }

        internal sealed class $NameDbContext(DbContextOptions<$NameDbContext> options, TimeProvider clock)
            : ModuleDbContext(options, "$Schema", clock)
        {
            protected override void ConfigureModel(ModelBuilder model) => model.Entity<Effect>().ToTable("effect");
        }

        internal sealed record NoteSale(Guid SaleId, string Item, decimal Total) : ICommand<Nothing>;

        internal sealed class NoteSaleHandler($NameDbContext database) : ICommandHandler<NoteSale, Nothing>
        {
            public Task<Result<Nothing>> Handle(NoteSale command, CancellationToken cancellationToken)
            {
                database.Add(new Effect { Id = command.SaleId, Item = command.Item, Total = command.Total });
                return Task.FromResult(Nothing.Done);
            }
        }

        public sealed class SaleMadeHandler(Sender sender)
        {
            public Task Handle(SaleMade happened, CancellationToken cancellationToken) =>
                sender.ApplyAsync(new NoteSale(happened.SaleId, happened.Item, happened.Total), cancellationToken);
        }

        public sealed class SilenceBrokenHandler(Sender sender)
        {
            public Task Handle(SilenceBroken happened, CancellationToken cancellationToken) =>
                sender.ApplyAsync(new NoteSale(happened.Id, "", 0), cancellationToken);
        }
        """;

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Select(file => MetadataReference.CreateFromFile(file)),
        ]
    );

    /// <summary>So many modules that follow the sales.</summary>
    public static IEnumerable<IModule> Listeners(int count, string folder) =>
        Enumerable
            .Range(1, count)
            .Select(number =>
                Compile($"Listeners{number}", ".AndHandles<SaleMade, SaleMadeHandler>()", folder)
            );

    /// <summary>So many modules of which all but the first follow the first, where nothing happens.</summary>
    public static IEnumerable<IModule> Bystanders(int count, string folder) =>
        Enumerable
            .Range(0, count)
            .Select(number =>
                number == 0
                    ? Compile("Silences", "", folder)
                    : Compile(
                        $"Bystanders{number}",
                        ".AndHandles<SilenceBroken, SilenceBrokenHandler>()",
                        folder
                    )
            );

    private static IModule Compile(string name, string handles, string folder)
    {
        var text = Text.Replace("$Name", name, StringComparison.Ordinal)
            .Replace("$Schema", name.ToLowerInvariant(), StringComparison.Ordinal)
            .Replace("$Handles", handles, StringComparison.Ordinal);
        var file = Path.Combine(folder, $"{name}.dll");
        var compiled = CSharpCompilation
            .Create(
                name,
                [CSharpSyntaxTree.ParseText(text)],
                References.Value,
                new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary,
                    optimizationLevel: OptimizationLevel.Release,
                    nullableContextOptions: NullableContextOptions.Enable
                )
            )
            .Emit(file);
        if (!compiled.Success)
            throw new InvalidOperationException(string.Join('\n', compiled.Diagnostics));
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
        return (IModule)
            Activator.CreateInstance(assembly.GetType($"{name}.{name}Module", throwOnError: true)!)!;
    }
}
