using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>All that the architecture guarantees, and the one place where a new rule is added.</summary>
internal static class Gate
{
    public static readonly IReadOnlyList<IRule> Rules =
    [
        new ModulesAreIsolated(),
        new InternalsStayInternal(),
        new ModulesAreNotReachedByName(),
        new ModulesHaveOneFrontDoor(),
        new ContractsDependOnNothing(),
        new PlatformKnowsNoModule(),
        new HostHoldsNoRule(),
        new DomainIsPure(),
        new DomainNamesNoFramework(),
        new PublicTypesArePromises(),
        new ClassesAreSealed(),
        new NamespacesFollowFolders(),
        new EndpointsAreMethodGroups(),
        new HandlersLiveInTheirRooms(),
        new SubscriptionsAreDeclared(),
        new EventsAreImmutableRecords(),
        new AliasesAreStable(),
        new EventsStayAsApproved(),
        new OldEventsAreRead(),
        new EachContextOwnsOneSchema(),
        new TablesStayInTheirSchema(),
        new SqlStaysInItsSchema(),
        new TimeComesFromTheProvider(),
    ];

    public static Violations Verify(Landscape landscape) =>
        Rules.Aggregate(Violations.None, (found, rule) => found.And(rule.Check(landscape)));
}
