using System.Text;
using Microsoft.Extensions.Configuration;
using Platform.Settings;

namespace Platform.Data;

/// <summary>
/// What a home of modules is called: the processes that share a name are one home, and a module is at home in one of
/// them at a time. Every session says whose it is, so that a database can tell who may write.
/// </summary>
public static class HomeName
{
    /// <summary>The setting.</summary>
    public const string Key = "Deployment:Name";

    /// <summary>What a home is called that has no other name: the web app.</summary>
    public const string Default = "web";

    /// <summary>How long a name may be, in characters.</summary>
    internal const int Longest = 40;

    /// <summary>PostgreSQL cuts longer ones off.</summary>
    private const int LongestSessionName = 63;

    /// <summary>The name of this process's home.</summary>
    /// <param name="configuration">The process's configuration.</param>
    /// <exception cref="SettingRefusedException">It is no name.</exception>
    public static string Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ReadAt(Key, configuration) ?? Default;
    }

    /// <summary>Where a module begins that nobody has opened yet; null when that is where it is opened.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="configuration">The process's configuration.</param>
    /// <exception cref="SettingRefusedException">It is no name.</exception>
    internal static string? ReadOf(string module, IConfiguration configuration) =>
        ReadAt($"Modules:{module}:Home", configuration);

    private static string? ReadAt(string key, IConfiguration configuration)
    {
        var name = configuration[key];
        if (string.IsNullOrWhiteSpace(name))
            return null;
        return
            name.Length <= Longest && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            ? name
            : throw new SettingRefusedException(
                key,
                $"'{name}' is no name for it; use letters a to z, digits and '-', at most {Longest} of them."
            );
    }

    /// <summary>What a session of a home is called at the server: <c>monolith-orders@web</c>.</summary>
    /// <param name="given">What the connection string calls it; empty when nothing.</param>
    /// <param name="schema">Whose pool it is of.</param>
    /// <param name="home">The home.</param>
    internal static string OfSession(string? given, string schema, string home)
    {
        var ending = EndingOf(home);
        var name = string.IsNullOrEmpty(given) ? $"monolith-{schema}" : given;
        while (Encoding.UTF8.GetByteCount(name) + ending.Length > LongestSessionName)
            name = name[..^1];
        return name + ending;
    }

    /// <summary>How the names of a home's sessions end.</summary>
    internal static string EndingOf(string home) => $"@{home}";
}
