using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Platform.Tests.Data;

/// <summary>Makes exceptions as SQL Server's client does, which keeps their constructors to itself.</summary>
internal static class SqlFailures
{
    private const BindingFlags Internal =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    /// <param name="number">What the server, or the network library, calls the error.</param>
    /// <param name="severity">The error's class, 1 to 25.</param>
    /// <param name="message">What it says.</param>
    public static SqlException Of(int number, byte severity = 16, string message = "It failed.")
    {
        var errors = (SqlErrorCollection)typeof(SqlErrorCollection).GetConstructor(Internal, [])!.Invoke([]);
        var constructor = typeof(SqlError)
            .GetConstructors(Internal)
            .OrderBy(one => one.GetParameters().Length)
            .First(one => one.GetParameters().Any(parameter => parameter.Name == "errorClass"));
        var error = constructor.Invoke([
            .. constructor.GetParameters().Select(parameter => ValueOf(parameter)),
        ]);
        typeof(SqlErrorCollection).GetMethod("Add", Internal)!.Invoke(errors, [error]);
        var create = typeof(SqlException)
            .GetMethods(Internal)
            .Where(method => method.Name == "CreateException")
            .OrderBy(method => method.GetParameters().Length)
            .First(method => method.GetParameters()[0].ParameterType == typeof(SqlErrorCollection));
        return (SqlException)
            create.Invoke(
                null,
                [
                    errors,
                    .. create
                        .GetParameters()
                        .Skip(1)
                        .Select(parameter =>
                            parameter.ParameterType == typeof(string) ? "16.0" : DefaultOf(parameter)
                        ),
                ]
            )!;

        object? ValueOf(ParameterInfo parameter) =>
            parameter.Name switch
            {
                "infoNumber" => number,
                "errorClass" => severity,
                "errorMessage" => message,
                _ => parameter.ParameterType == typeof(string) ? "" : DefaultOf(parameter),
            };
    }

    private static object? DefaultOf(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? parameter.DefaultValue
        : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
        : null;
}
