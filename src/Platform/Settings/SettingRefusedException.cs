namespace Platform.Settings;

/// <summary>
/// A configured value is wrong or missing, so the process must not start. Its message is all that the person who
/// starts the process sees: one sentence that names the key.
/// </summary>
/// <param name="key">The configuration key, such as <c>Database:Engine</c>.</param>
/// <param name="sentence">What is wrong and what to do, without the key.</param>
public sealed class SettingRefusedException(string key, string sentence) : Exception($"{key}: {sentence}")
{
    /// <summary>The configuration key at fault.</summary>
    public string Key { get; } = key;
}
