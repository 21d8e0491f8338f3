using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Platform.Modules;

namespace Architecture.Tests.Codebase;

internal enum ProjectKind
{
    Contracts,
    Module,
    Platform,
    Host,
}

/// <summary>A project of the solution as a rule sees it: its sources, its compiled code, its place in the layout.</summary>
internal sealed class Project
{
    private readonly Lazy<Assembly> _loaded;
    private readonly Lazy<IReadOnlyList<SourceFile>> _sources;

    private readonly Lazy<IReadOnlyList<IModule>> _frontDoors;

    private Project(ProjectKind kind, string owner, string name, string folder, string contracts, string file)
    {
        (Kind, Owner, Name, Folder) = (kind, owner, name, folder);
        Promises = Path.Combine(contracts, Schema);
        Compiled = AssemblyDefinition.ReadAssembly(file, Reading(file)).MainModule;
        CompiledAgainst = CompilerInput.ReferencesOf(Path.ChangeExtension(file, ".pdb"));
        _loaded = new Lazy<Assembly>(() => Assembly.Load(new AssemblyName(name)));
        _sources = new Lazy<IReadOnlyList<SourceFile>>(() => [.. SourceFile.Under(folder)]);
        _frontDoors = new Lazy<IReadOnlyList<IModule>>(() =>
            [
                .. Loaded
                    .GetTypes()
                    .Where(type => type.IsAssignableTo(typeof(IModule)))
                    .Select(type => (IModule)Activator.CreateInstance(type, nonPublic: true)!),
            ]
        );
    }

    public ProjectKind Kind { get; }

    /// <summary>The module that the project belongs to; for the rest, the project's own name.</summary>
    public string Owner { get; }

    /// <summary>What project file, assembly and root namespace share.</summary>
    public string Name { get; }

    public string Folder { get; }

    /// <summary>Where it is kept what listeners to the project's module were promised.</summary>
    public string Promises { get; }

    /// <summary>The module's front door; another rule says that there is one.</summary>
    public IReadOnlyList<IModule> FrontDoors => _frontDoors.Value;

    /// <summary>The events that the module declares that it handles.</summary>
    public IEnumerable<HandledEvent> Handled => FrontDoors.SelectMany(door => door.Define().HandledEvents);

    /// <summary>The schema and stream of the project's module.</summary>
    public string Schema => Owner.ToLowerInvariant();

    public Mono.Cecil.ModuleDefinition Compiled { get; }

    /// <summary>The names of all assemblies the compiler was given, whether the code uses them or not.</summary>
    public IReadOnlyList<string> CompiledAgainst { get; }

    public Assembly Loaded => _loaded.Value;

    /// <summary>Every type, those that the compiler made up included: lambdas and async methods live there.</summary>
    public IEnumerable<TypeDefinition> AllTypes => Compiled.GetTypes();

    /// <summary>The types that somebody wrote.</summary>
    public IEnumerable<TypeDefinition> WrittenTypes =>
        AllTypes.Where(type => type.Name != "<Module>" && !type.IsMadeByTheCompiler());

    public IEnumerable<MethodDefinition> Bodies =>
        AllTypes.SelectMany(type => type.Methods).Where(method => method.HasBody);

    public static Project Of(ProjectKind kind, string projectFile, string contracts)
    {
        var name = Path.GetFileNameWithoutExtension(projectFile);
        var folder = Path.GetDirectoryName(projectFile)!;
        var owner = kind is ProjectKind.Contracts or ProjectKind.Module
            ? Path.GetFileName(Path.GetDirectoryName(folder)!)
            : name;
        var file = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        return File.Exists(file)
            ? new Project(kind, owner, name, folder, contracts, file)
            : throw new FileNotFoundException(
                $"{projectFile} has no {name}.dll beside these tests: rebuild them."
            );
    }

    /// <summary>The types in one room of the module, such as <c>Domain</c>.</summary>
    public IEnumerable<TypeDefinition> Room(string room) =>
        WrittenTypes.Where(type => type.IsIn($"{Name}.{room}"));

    /// <summary>Whether the room's folder holds sources, so that a rule about it must find types there.</summary>
    public bool HasRoom(string room) => Sources.Any(source => source.Room == room);

    public IReadOnlyList<SourceFile> Sources => _sources.Value;

    private static ReaderParameters Reading(string file) =>
        new()
        {
            ReadSymbols = true,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            AssemblyResolver = Neighbours.Of(Path.GetDirectoryName(file)!),
        };
}
