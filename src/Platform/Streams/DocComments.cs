using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Platform.Streams;

/// <summary>
/// The doc comments of an assembly, from the file that the compiler writes beside it. Where that is missing
/// nothing is said of anything, and all else is the same.
/// </summary>
internal sealed partial class DocComments
{
    private static readonly ConcurrentDictionary<Assembly, DocComments> Read = new();

    private readonly Dictionary<string, XElement> _members;

    private DocComments(Dictionary<string, XElement> members) => _members = members;

    public static DocComments Of(Assembly commented) =>
        Read.GetOrAdd(
            commented,
            static assembly =>
            {
                var file = Path.ChangeExtension(assembly.Location, ".xml");
                return new DocComments(
                    File.Exists(file)
                        ? XDocument
                            .Load(file)
                            .Descendants("member")
                            .ToDictionary(
                                member => member.Attribute("name")?.Value ?? "",
                                StringComparer.Ordinal
                            )
                        : []
                );
            }
        );

    public string? SummaryOf(Type type) => Text(Of(type)?.Element("summary"));

    /// <summary>What is said of a member of a record: where it is declared, or among the record's parameters.</summary>
    public string? OfMember(Type type, string name) =>
        Text(
            _members.GetValueOrDefault($"P:{FullName(type)}.{name}")?.Element("summary")
                ?? Of(type)
                    ?.Elements("param")
                    .FirstOrDefault(parameter => parameter.Attribute("name")?.Value == name)
        );

    private XElement? Of(Type type) => _members.GetValueOrDefault($"T:{FullName(type)}");

    private static string FullName(Type type) => type.FullName!.Replace('+', '.');

    private static string? Text(XElement? comment) =>
        comment is null ? null
        : Spaces().Replace(string.Concat(comment.Nodes().Select(Text)), " ").Trim() is { Length: > 0 } text
            ? text
        : null;

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement reference when (reference.Attribute("cref") ?? reference.Attribute("name")) is { } of =>
                of.Value[(of.Value.LastIndexOf('.') + 1)..],
            XElement element => element.Value,
            _ => "",
        };

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
