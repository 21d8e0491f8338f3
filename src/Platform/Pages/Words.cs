using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Platform.Domain;

namespace Platform.Pages;

/// <summary>
/// The texts of one assembly's pages. English is written in the pages and is the key; another language is a file
/// <c>Pages/{language}.json</c> of the assembly, read when it is first needed. What it lacks is said in English.
/// </summary>
public sealed class Words
{
    private static readonly ConcurrentDictionary<Assembly, Words> All = new();

    private readonly ConcurrentDictionary<string, FrozenDictionary<string, string>> _languages = new(
        StringComparer.Ordinal
    );

    private readonly Assembly _assembly;

    private Words(Assembly assembly) => _assembly = assembly;

    /// <summary>The texts of an assembly's pages.</summary>
    public static Words Of(Assembly assembly) => All.GetOrAdd(assembly, one => new Words(one));

    /// <summary>A text in the current language.</summary>
    /// <param name="english">The text in English, with <c>{0}</c> for values.</param>
    /// <param name="values">What goes into it.</param>
    public string Say(string english, params object?[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var text = In(language).GetValueOrDefault(english, english);
        return values.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, values);
    }

    /// <summary>Why something was refused: by its code where the language has it, else as the refusal says it.</summary>
    public string Say(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return In(language).GetValueOrDefault("error." + error.Code)
            ?? (
                error.Fields is { Count: > 0 } fields
                    ? string.Join(
                        " ",
                        fields.Values.SelectMany(all => all).Distinct().Select(one => Say(one))
                    )
                    : error.Message
            );
    }

    /// <summary>Every text that the assembly has in a language, by its English.</summary>
    public IReadOnlyDictionary<string, string> In(string language) =>
        _languages.GetOrAdd(
            language,
            static (language, assembly) =>
                Read(assembly, language).ToFrozenDictionary(StringComparer.Ordinal),
            _assembly
        );

    private static Dictionary<string, string> Read(Assembly assembly, string language)
    {
        using var file = assembly.GetManifestResourceStream($"{language}.json");
        return file is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }
}
