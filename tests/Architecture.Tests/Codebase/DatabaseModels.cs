using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Configuration;
using Platform.Data;

namespace Architecture.Tests.Codebase;

/// <summary>A context's model, or why it has none.</summary>
internal sealed record DatabaseModel(IModel? Model, string? Failure)
{
    public IEnumerable<IEntityType> Entities => Model?.GetEntityTypes() ?? [];
}

/// <summary>Builds the models of a module's database contexts, without a database.</summary>
internal static class DatabaseModels
{
    private static readonly ConcurrentDictionary<Type, DatabaseModel> Models = [];

    public static IEnumerable<Type> ContextsOf(Project project) =>
        project.Loaded.GetTypes().Where(type => type.IsAssignableTo(typeof(DbContext)) && !type.IsAbstract);

    public static DatabaseModel ModelOf(Type context) => Models.GetOrAdd(context, Build);

    /// <summary>A context set up for an engine as the platform does it; connected to nothing.</summary>
    public static DbContext Open(Type context, DatabaseEngine engine, string schema = "any")
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Database:Engine"] = engine.ToString(),
                    ["Database:Directory"] = Path.GetTempPath(),
                    ["Database:ConnectionString"] = engine switch
                    {
                        DatabaseEngine.PostgreSql => "Host=nowhere",
                        DatabaseEngine.SqlServer => "Server=nowhere;Database=nothing",
                        _ => null,
                    },
                }
            )
            .Build();
        var builder = (DbContextOptionsBuilder)
            Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context))!;
        DatabaseChoice.Read(configuration, context.Name, schema).Configure(builder);
        var arguments = context
            .GetConstructors()
            .Single()
            .GetParameters()
            .Select(parameter => Argument(parameter.ParameterType, builder.Options));
        return (DbContext)Activator.CreateInstance(context, [.. arguments])!;
    }

    private static DatabaseModel Build(Type context)
    {
        try
        {
            using var instance = Open(context, DatabaseEngine.Sqlite);
            return new DatabaseModel(instance.Model, null);
        }
        catch (Exception failure)
        {
            return new DatabaseModel(null, failure.GetBaseException().Message);
        }
    }

    /// <summary>Options and clock as they are; of anything else a blank one will do, for a model needs no services.</summary>
    private static object? Argument(Type type, DbContextOptions options) =>
        type.IsInstanceOfType(options) ? options
        : type.IsInstanceOfType(TimeProvider.System) ? TimeProvider.System
        : type.IsAbstract ? null
        : RuntimeHelpers.GetUninitializedObject(type);
}
