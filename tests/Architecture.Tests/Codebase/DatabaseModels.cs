using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Architecture.Tests.Codebase;

/// <summary>Builds the models of a module's database contexts, without a database.</summary>
internal static class DatabaseModels
{
    private static readonly ConcurrentDictionary<Type, IModel> Models = [];

    public static IEnumerable<Type> ContextsOf(Project project) =>
        project.Loaded.GetTypes().Where(type => type.IsAssignableTo(typeof(DbContext)) && !type.IsAbstract);

    public static IModel ModelOf(Type context) => Models.GetOrAdd(context, Build);

    private static IModel Build(Type context)
    {
        var builder = (DbContextOptionsBuilder)
            Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context))!;
        var options = builder.UseSqlite("Data Source=:memory:").Options;
        var arguments = context
            .GetConstructors()
            .Single()
            .GetParameters()
            .Select(parameter =>
                parameter.ParameterType.IsInstanceOfType(options) ? options : (object)TimeProvider.System
            );
        using var instance = (DbContext)Activator.CreateInstance(context, [.. arguments])!;
        return instance.Model;
    }
}
