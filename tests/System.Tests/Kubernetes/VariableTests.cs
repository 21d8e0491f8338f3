namespace System.Tests.Kubernetes;

/// <summary>Every environment variable is one that the host is documented to know.</summary>
public sealed class VariableTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_environment_variable_is_a_setting_that_the_host_knows(string overlay)
    {
        var read = Overlay.Read(overlay);
        var known = KnownSettings.Read();

        var variables = read
            .Pods.SelectMany(pod => Overlay.Containers(pod.Pod))
            .SelectMany(one => read.EnvironmentOf(one).Keys)
            .ToHashSet(StringComparer.Ordinal);

        variables.Count.ShouldBeGreaterThan(10);
        variables.Where(variable => !known.Knows(variable)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Databse__Engine")]
    [InlineData("Database__Engin")]
    [InlineData("database__Engine")]
    [InlineData("Database_Engine")]
    [InlineData("Modules__Review__Placement")]
    [InlineData("Modules__Reviews__Adress")]
    [InlineData("Edge__KnownProxies__first")]
    [InlineData("Edge__DrainFor__")]
    [InlineData("ASPNETCORE_URL")]
    [InlineData("urls__0__x")]
    public void A_misspelt_variable_is_noticed(string variable) =>
        KnownSettings.Read().Knows(variable).ShouldBeFalse();
}
