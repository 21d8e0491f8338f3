using System.Globalization;
using Platform.Data;
using Platform.Modules;
using Platform.Settings;

namespace Host.Settings;

/// <summary>Reads typed values and refuses those that are wrong in one sentence that names the key.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    public string? Text(string key) =>
        configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public bool Flag(string key, bool otherwise) =>
        Text(key) is not { } text ? otherwise
        : bool.TryParse(text, out var value) ? value
        : throw new SettingRefusedException(key, $"'{text}' is neither 'true' nor 'false'.");

    public int Number(string key, int otherwise, int minimum, int maximum) =>
        Text(key) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value >= minimum
        && value <= maximum
            ? value
        : throw new SettingRefusedException(
            key,
            FormattableString.Invariant($"'{text}' is not a whole number from {minimum} to {maximum}.")
        );

    /// <summary>A length of time of more than nothing, such as <c>00:00:15</c>.</summary>
    public TimeSpan Duration(string key, TimeSpan otherwise) =>
        Text(key) is not { } text ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > TimeSpan.Zero
            ? value
        : throw new SettingRefusedException(key, $"'{text}' is not a length of time such as 00:00:15.");

    /// <summary>A length of time, which may be none at all.</summary>
    public TimeSpan Pause(string key, TimeSpan otherwise) =>
        Text(key) is not { } text ? otherwise
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= TimeSpan.Zero
            ? value
        : throw new SettingRefusedException(key, $"'{text}' is not a length of time such as 00:00:15.");

    /// <summary>One of the names of <typeparamref name="T"/>; numbers are not names.</summary>
    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
            return otherwise;
        foreach (var choice in Enum.GetValues<T>())
        {
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return choice;
        }

        throw new SettingRefusedException(
            key,
            $"'{text}' is not known; use {string.Join(" or ", Enum.GetNames<T>())}."
        );
    }

    /// <summary>An absolute http or https address.</summary>
    public Uri? Address(string key) =>
        Text(key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
        : throw new SettingRefusedException(key, $"'{text}' is not an absolute http or https address.");

    /// <summary>Where a module's replicas are reached.</summary>
    public IReadOnlyList<Uri> Addresses(string module) => ModuleAddresses.Read(configuration, module);

    public string[] Texts(string key) =>
        Text(key) is { } text
            ? throw new SettingRefusedException(key, $"it is a list; write '{key}:0' for '{text}'.")
            :
            [
                .. configuration
                    .GetSection(key)
                    .GetChildren()
                    .Select(item =>
                        string.IsNullOrWhiteSpace(item.Value)
                            ? throw new SettingRefusedException(item.Path, "the value is empty.")
                            : item.Value.Trim()
                    ),
            ];

    /// <summary>What is named below a section.</summary>
    public IEnumerable<string> Names(string section) =>
        configuration.GetSection(section).GetChildren().Select(child => child.Key);

    public DatabaseChoice Database(string section, string schema) =>
        DatabaseChoice.Read(configuration, section, schema);

    /// <summary>A misspelt key would otherwise be a setting that silently does nothing.</summary>
    public void RefuseOthers(string section, params string[] known) =>
        Refuse(section, known, $"there is no such setting; {section} knows {string.Join(", ", known)}.");

    /// <summary>Refuses settings of a module that this build does not have.</summary>
    public void RefuseOtherModules(IReadOnlyCollection<string> known) =>
        Refuse("Modules", known, $"there is no such module; this build has {string.Join(", ", known)}.");

    private void Refuse(string section, IReadOnlyCollection<string> known, string reason)
    {
        foreach (var child in configuration.GetSection(section).GetChildren())
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                throw new SettingRefusedException(child.Path, reason);
        }
    }
}
