using System.Text.RegularExpressions;
using Platform.Modules;
using Platform.Settings;

namespace Platform.Brokers;

/// <summary>
/// Looks at who is named as a follower without being a module. A name decides what a queue is called, so none may be a
/// module's, and a stream that nobody says would be followed in vain for ever.
/// </summary>
internal static partial class OutsideFollowers
{
    private const string Section = "Broker:Followers";

    /// <summary>What the names of queues that are no follower's end with.</summary>
    private static readonly string[] Taken = ["reports", "owner"];

    /// <summary>Refuses to start where the setting would do nothing, or something else than it says.</summary>
    /// <exception cref="SettingRefusedException">A name or a stream cannot be meant.</exception>
    public static void Check(BrokerOptions options, ModuleCatalog modules)
    {
        string[] streams =
        [
            .. modules
                .Modules.Concat(modules.Remote.Select(remote => remote.Definition))
                .Select(one => one.Stream),
        ];
        foreach (var (name, followed) in options.Followers)
        {
            var key = $"{Section}:{name}";
            if (!Name().IsMatch(name))
                throw new SettingRefusedException(
                    key,
                    "a follower's name is of small letters, digits and '-', begins with a letter and has at most 40 of them."
                );
            if (
                Taken.Contains(name, StringComparer.Ordinal) || streams.Contains(name, StringComparer.Ordinal)
            )
                throw new SettingRefusedException(
                    key,
                    $"'{name}' is the name of something else at the broker."
                );
            if (followed.Count == 0)
                throw new SettingRefusedException(
                    key,
                    $"name the streams that it follows, such as '{key}:0'."
                );
            if (
                followed.FirstOrDefault(stream => !streams.Contains(stream, StringComparer.Ordinal)) is
                { } unknown
            )
                throw new SettingRefusedException(
                    key,
                    $"nobody says a stream '{unknown}'; there are {string.Join(", ", streams)}."
                );
        }
    }

    /// <summary>Which event would have to leave this deployment's processes; null when none has to.</summary>
    public static string? FirstNeed(BrokerOptions options) =>
        options.Followers.Select(follower => $"{Section} names {follower.Key}").FirstOrDefault();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,39}$", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
