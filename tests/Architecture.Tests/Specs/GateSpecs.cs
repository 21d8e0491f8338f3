using Architecture.Tests.Codebase;
using Architecture.Tests.Rules;
using Mono.Cecil;

namespace Architecture.Tests.Specs;

public sealed class GateSpecs
{
    public static TheoryData<string> RuleNames => [.. Gate.Rules.Select(rule => rule.GetType().Name)];

    [Fact]
    public void The_gate_has_every_rule_that_was_written() =>
        Gate
            .Rules.Select(rule => rule.GetType())
            .ShouldBe(
                typeof(Gate)
                    .Assembly.GetTypes()
                    .Where(type =>
                        type.Namespace == typeof(Gate).Namespace && type.IsAssignableTo(typeof(IRule))
                    ),
                ignoreOrder: true
            );

    [Theory]
    [Trait("Fault", "G7")]
    [MemberData(nameof(RuleNames))]
    public void A_fourth_module_that_keeps_a_rule_passes_it(string rule) =>
        Check(rule, Landscape.OfRepository().And(Fixtures.Clean))
            .Filter(violation => IsOf(violation, "Fidgets", "Hiccups"))
            .ThrowIfAny();

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void A_fourth_module_that_breaks_a_rule_is_reported_by_it(string rule) =>
        Check(rule, Landscape.OfRepository().And(Fixtures.Broken))
            .Filter(violation => IsOf(violation, "Babbles", "Mumbles", "Wobbles", "Broken"))
            .ShouldNotBeEmpty();

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void A_rule_that_selects_nothing_does_not_pass(string rule)
    {
        var nowhere = Directory.CreateTempSubdirectory("nowhere");
        Check(rule, Landscape.At(nowhere.FullName)).Places.ShouldBe([rule]);
        nowhere.Delete();
    }

    [Fact]
    public void A_room_with_sources_but_no_types_where_the_rule_looks_does_not_pass() =>
        new Mistyped().Check(Fixtures.Clean).Places.ShouldBe(["Fidgets", nameof(Mistyped)]);

    [Fact]
    public void Modules_are_found_by_their_place_in_the_layout() =>
        Fixtures.Broken.ModuleNames.ShouldBe(["Babbles", "Mumbles", "Wobbles"], ignoreOrder: true);

    [Fact]
    public void A_module_without_an_owner_is_reported() =>
        Ownership
            .Of(Fixtures.Clean, ["/src/Modules/Orders/ @monolith/orders"])
            .Places.ShouldBe(["Fidgets", "Hiccups"]);

    [Fact]
    public void A_module_with_an_owner_is_not_reported() =>
        Ownership
            .Of(
                Fixtures.Clean,
                ["/src/Modules/Fidgets/ @monolith/fidgets", "/src/Modules/Hiccups/ @monolith/hiccups"]
            )
            .ShouldBeEmpty();

    [Fact]
    [Trait("Fault", "G6")]
    public void A_module_without_a_login_on_every_server_is_reported() =>
        Logins
            .Of(
                Fixtures.Clean,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["one.sql"] = "('fidgets', 'monolith_fidgets', …), ('hiccups', 'monolith_hiccups', …)",
                    ["other.sql"] = "N'monolith_hiccups'",
                }
            )
            .Places.ShouldBe(["Fidgets"]);

    [Fact]
    [Trait("Fault", "G8")]
    public void What_breaks_a_rule_is_a_finding_and_hides_no_other() =>
        new Tripping()
            .Check(Fixtures.Clean)
            .ShouldContain(violation =>
                violation.ToString()
                == "Hiccups: cannot be judged by this rule until this is put right: HiccupsModule has no Alias."
            );

    [Fact]
    [Trait("Fault", "G4")]
    public void Two_projects_of_one_name_are_reported_with_both_places()
    {
        var root = Directory.CreateTempSubdirectory("names");
        foreach (var folder in new[] { "src/Modules/Coupons/Module", "tests/Fixtures/Coupons", "src/Host" })
            Directory.CreateDirectory(Path.Combine(root.FullName, folder));
        File.WriteAllText(Path.Combine(root.FullName, "src/Modules/Coupons/Module/Coupons.csproj"), "");
        File.WriteAllText(Path.Combine(root.FullName, "tests/Fixtures/Coupons/Coupons.csproj"), "");
        File.WriteAllText(Path.Combine(root.FullName, "src/Host/Host.csproj"), "");

        ProjectNames
            .Shared(root.FullName)
            .Select(violation => violation.ToString())
            .ShouldBe([
                "Coupons: is the name of src/Modules/Coupons/Module/Coupons.csproj and "
                    + "tests/Fixtures/Coupons/Coupons.csproj; one assembly would stand in for the other. Rename one.",
            ]);
        root.Delete(recursive: true);
    }

    private static Violations Check(string rule, Landscape landscape) =>
        Gate.Rules.Single(candidate => candidate.GetType().Name == rule).Check(landscape);

    private static bool IsOf(Violation violation, params string[] modules) =>
        Array.Exists(
            modules,
            module => violation.Place.StartsWith(module, StringComparison.OrdinalIgnoreCase)
        );

    private sealed class Mistyped : Rule<TypeDefinition>
    {
        public override string Guarantee => "Nothing, for the room's name is mistyped.";

        protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

        protected override IEnumerable<TypeDefinition> Select(Project project) => project.Room("Domian");

        protected override bool Expects(Project project) => project.HasRoom("Domain");

        protected override IEnumerable<Violation> Judge(
            TypeDefinition subject,
            Project project,
            Landscape landscape
        ) => [];
    }

    private sealed class Tripping : Rule<TypeDefinition>
    {
        public override string Guarantee => "Nothing, for it trips.";

        protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

        protected override IEnumerable<TypeDefinition> Select(Project project) =>
            project.WrittenTypes.Where(type => type.Name == $"{project.Name}Module");

        protected override IEnumerable<Violation> Judge(
            TypeDefinition subject,
            Project project,
            Landscape landscape
        ) => throw new InvalidOperationException($"{subject.Name} has no Alias.");
    }
}
