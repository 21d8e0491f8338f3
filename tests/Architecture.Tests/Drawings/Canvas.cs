using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Architecture.Tests.Contracts;
using Microsoft.EntityFrameworkCore;
using Platform.Brokers;
using Platform.Modules;
using Platform.Streams;

namespace Architecture.Tests.Drawings;

/// <summary>All that one module is to the others, on a page: what it owns, answers, says, hears, reads and does by itself.</summary>
internal sealed class Canvas(Project module, Landscape landscape, JsonObject api)
{
    private readonly Platform.Modules.ModuleDefinition _definition = module.FrontDoors[0].Define();
    private readonly DocComments _comments = DocComments.Of(module.Loaded);
    private readonly StringBuilder _page = new();

    /// <summary>The page, in Markdown.</summary>
    public string Draw()
    {
        Line($"<!-- {DrawnDocuments.Note} -->");
        Line($"# {module.Owner}");
        Line($"{_comments.SummaryOf(module.FrontDoors[0].GetType())}");
        Table(
            "",
            "| | |",
            [
                $"| owner | {string.Join(" ", Codebase.Ownership.OwnersOf(module.Owner))} |",
                $"| schema, stream, database | `{_definition.Stream}` |",
                $"| paths | {Codes(_definition.Paths)} |",
                $"| settings | `Modules:{module.Owner}` |",
            ]
        );
        Table("Owns", "| table | a row is |", Tables());
        Table("Says", "| event | when | heard by |", Said());
        Table("Hears", "| event | of | taken in by |", Heard());
        Table("Answers", "| call | | for |", Calls());
        Table("Does by itself", "| work | |", Sweeps());
        Table("Reads from its settings", "| key | otherwise | |", Settings());
        Table("Measures", "| figure |", Figures());
        return _page.ToString();
    }

    private IEnumerable<string> Tables() =>
        DatabaseModels
            .ContextsOf(module)
            .SelectMany(context => DatabaseModels.ModelOf(context).Entities)
            .Where(entity => entity.ClrType.Assembly == module.Loaded && entity.GetTableName() is not null)
            .GroupBy(entity => entity.GetTableName()!, StringComparer.Ordinal)
            .OrderBy(table => table.Key, StringComparer.Ordinal)
            .Select(table =>
                $"| `{table.Key}` | {_comments.SummaryOf(table.OrderBy(entity => entity.IsOwned()).First().ClrType)} |"
            );

    private IEnumerable<string> Said() =>
        StreamDescription
            .SaidBy(_definition)
            .Select(happened =>
                $"| [`{happened.Alias}`]({LinkTo(happened)}) | {EventSchema.Of(happened)["description"]} "
                + $"| {string.Join(", ", Listeners.InBuild(landscape, happened.Alias))} |"
            );

    private IEnumerable<string> Heard() =>
        _definition
            .HandledEvents.OrderBy(handled => handled.Event.Alias, StringComparer.Ordinal)
            .Select(handled =>
                $"| [`{handled.Event.Alias}`]({LinkTo(handled.Event)}) | {PublisherOf(handled)} | `{handled.Handler.Name}` |"
            );

    private IEnumerable<string> Calls() =>
        (api["paths"] as JsonObject ?? [])
            .Where(path =>
                _definition.Paths.Any(own =>
                    path.Key == own || path.Key.StartsWith($"{own}/", StringComparison.Ordinal)
                )
            )
            .SelectMany(path =>
                path.Value!.AsObject()
                    .Where(operation => operation.Value?["responses"] is not null)
                    .Select(operation =>
                        $"| `{operation.Key.ToUpperInvariant()} {path.Key}` | {operation.Value!["summary"]} | "
                        + $"{(operation.Value!["security"] is null ? "anybody" : "with a token")} |"
                    )
            );

    private IEnumerable<string> Sweeps() =>
        _definition.Sweeps.Select(sweep => $"| `{sweep.Name}` | {_comments.SummaryOf(sweep)} |");

    private IEnumerable<string> Settings()
    {
        var options = module.Loaded.GetTypes().FirstOrDefault(type => type.Name == $"{module.Owner}Options");
        var defaults = options is null ? null : Activator.CreateInstance(options, nonPublic: true);
        return _definition.Settings.Select(key =>
        {
            var property = options?.GetProperty(key);
            var value = property?.GetValue(defaults);
            var text = value is null or not (IFormattable or string or bool)
                ? ""
                : $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`";
            return $"| `{key}` | {text} | {(options is null ? null : _comments.OfMember(options, key))} |";
        });
    }

    private IEnumerable<string> Figures() =>
        Literals
            .Of(module)
            .Select(literal => literal.Text)
            .Where(text => text.StartsWith($"monolith.{_definition.Stream}.", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(figure => $"| `{figure}` |");

    private string PublisherOf(HandledEvent handled) =>
        landscape.Modules.First(module => module.Schema == handled.Event.Stream).Owner;

    private static string LinkTo(EventType happened) =>
        $"../contracts/{happened.Stream}/{happened.Alias[(happened.Stream.Length + 1)..]}.json";

    private static string Codes(IEnumerable<string> texts) =>
        string.Join(" ", texts.Select(text => $"`{text}`"));

    private void Line(string line) => _page.Append(line).Append("\n\n");

    private void Table(string title, string head, IEnumerable<string> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        if (title.Length > 0)
            Line($"## {title}");
        var rule = string.Concat(Enumerable.Repeat("---|", head.Count(letter => letter == '|') - 1));
        _page.Append(head).Append("\n|").Append(rule).Append('\n');
        foreach (var row in all)
            _page.Append(row).Append('\n');
        _page.Append('\n');
    }
}
