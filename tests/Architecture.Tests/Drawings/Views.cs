using Architecture.Tests.Codebase;
using Platform.Modules;

namespace Architecture.Tests.Drawings;

/// <summary>Pictures of the code, in Mermaid.</summary>
internal static class Views
{
    /// <summary>The processes and databases, where every module is at home.</summary>
    public static string Containers(Landscape landscape)
    {
        var modules = DefinitionsOf(landscape);
        return Picture(
            "flowchart TB",
            [
                "    clients([Clients with an access token]) -->|HTTP :5080| host",
                "    subgraph process[One ASP.NET Core process]",
                "        host[Host<br/>composition root, identity, edge]",
                "        subgraph modules[Modules]",
                .. modules.Select(module =>
                    $"            {module.Stream}[{module.Name}<br/>{string.Join(" · ", module.Paths.Where(IsCall))}]"
                ),
                "        end",
                "        platform[Platform<br/>module contract, pipeline, streams, operations]",
                "        host --> modules",
                "        modules --> platform",
                "        host --> platform",
                "    end",
                "    host --> identityDb[(identity)]",
                .. modules
                    .Where(module => module.DatabaseContext is not null)
                    .Select(module => $"    {module.Stream} --> {module.Stream}Db[({module.Stream})]"),
            ]
        );
    }

    /// <summary>Who hears what of whom.</summary>
    public static string EventFlow(Landscape landscape)
    {
        var modules = DefinitionsOf(landscape);
        return Picture(
            "flowchart LR",
            [
                .. modules.Select(module => $"    {module.Stream}[{module.Name}]"),
                .. modules.SelectMany(listener =>
                    listener
                        .HandledEvents.GroupBy(handled => handled.Event.Stream, StringComparer.Ordinal)
                        .OrderBy(stream => stream.Key, StringComparer.Ordinal)
                        .Select(stream =>
                            $"    {stream.Key} -->|"
                            + string.Join(
                                "<br/>",
                                stream
                                    .Select(handled => handled.Event.ClrType.Name)
                                    .Order(StringComparer.Ordinal)
                            )
                            + $"| {listener.Stream}"
                        )
                ),
            ]
        );
    }

    /// <summary>The rooms of a project, and which of them uses which.</summary>
    public static string Rooms(Project project)
    {
        var rooms = project
            .WrittenTypes.GroupBy(type => RoomOf(project, SpaceOf(type)), StringComparer.Ordinal)
            .Where(room => room.Key.Length > 0 && project.HasRoom(room.Key))
            .OrderBy(room => room.Key, StringComparer.Ordinal)
            .ToList();
        var uses = rooms.SelectMany(room =>
            room.SelectMany(TypeUses.Of)
                .Where(use => use.Assembly == project.Name)
                .Select(use => RoomOf(project, use.Space))
                .Where(used =>
                    used.Length > 0 && used != room.Key && rooms.Exists(other => other.Key == used)
                )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(used => (From: room.Key, To: used))
        );
        return Picture(
            "flowchart TB",
            [
                .. rooms.Select(room => $"    {room.Key}"),
                .. uses.GroupBy(use => use.From, StringComparer.Ordinal)
                    .Select(from => $"    {from.Key} --> {string.Join(" & ", from.Select(use => use.To))}"),
            ]
        );
    }

    private static List<Platform.Modules.ModuleDefinition> DefinitionsOf(Landscape landscape) =>
        [
            .. landscape
                .Modules.SelectMany(module => module.FrontDoors)
                .Select(door => door.Define())
                .OrderBy(module => module.Name, StringComparer.Ordinal),
        ];

    private static bool IsCall(string path) => path.StartsWith("/api/", StringComparison.Ordinal);

    private static string SpaceOf(Mono.Cecil.TypeDefinition type) =>
        type.DeclaringType is { } outer ? SpaceOf(outer) : type.Namespace;

    private static string RoomOf(Project project, string space) =>
        space.StartsWith($"{project.Name}.", StringComparison.Ordinal)
            ? space[(project.Name.Length + 1)..].Split('.')[0]
            : "";

    private static string Picture(string kind, IReadOnlyList<string> lines) =>
        $"```mermaid\n{kind}\n{string.Join('\n', lines)}\n```\n";
}
