using System.Text.Json;
using System.Text.Json.Serialization;

namespace Simulator.Ledgers;

/// <summary>
/// Every answer that anybody got, and every question that got none: a file of JSON lines, appended and flushed
/// line by line, so that whatever is in it was true before anything else happened.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly StreamWriter _file;
    private readonly Lock _writing = new();
    private long _lines;

    private Ledger(StreamWriter file) => _file = file;

    /// <summary>How many lines this process has written.</summary>
    public long Count => Interlocked.Read(ref _lines);

    /// <summary>Opens a ledger to write on from its end.</summary>
    public static Ledger Open(string path) => new(new StreamWriter(path, append: true) { AutoFlush = true });

    /// <summary>Reads whole ledgers, in the order they were written. A last line cut short by a crash is left out.</summary>
    /// <exception cref="InvalidDataException">A line is not an entry.</exception>
    public static IReadOnlyList<Entry> Read(params IEnumerable<string> paths)
    {
        var entries = new List<Entry>();
        foreach (var path in paths)
        {
            var lines = File.ReadAllLines(path);
            foreach (var (number, line) in lines.Index())
            {
                try
                {
                    entries.Add(JsonSerializer.Deserialize<Entry>(line, Lines)!);
                }
                catch (JsonException) when (number == lines.Length - 1)
                {
                    break;
                }
                catch (JsonException unreadable)
                {
                    throw new InvalidDataException($"{path}, line {number + 1} is not an entry.", unreadable);
                }
            }
        }
        return entries;
    }

    public void Write(Entry entry)
    {
        var line = JsonSerializer.Serialize(entry, Lines);
        lock (_writing)
        {
            _file.WriteLine(line);
            _lines++;
        }
    }

    public void Dispose() => _file.Dispose();
}
