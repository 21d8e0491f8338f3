namespace Simulator.Tests.Running;

/// <summary>Tests that start several processes each run one after the other: more at once only slow each other down.</summary>
[CollectionDefinition(Name)]
public sealed class WholeDeployments
{
    public const string Name = "Whole deployments";
}
