namespace System.Tests.Kubernetes;

/// <summary>What objects say of one another is there.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void What_objects_refer_to_is_there(string overlay) =>
        References.Broken(Overlay.Read(overlay)).ShouldBeEmpty();

    [Theory]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/envFrom/0/configMapRef/name",
        "setting",
        "there is no ConfigMap setting"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/envFrom/2/secretRef/name",
        "wob",
        "there is no Secret wob"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/volumeMounts/0/name",
        "temp",
        "there is no volume temp"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/containers/0/livenessProbe/httpGet/port",
        "htpt",
        "there is no port htpt"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/volumes/1/secret/items/0/key",
        "signing.pfx",
        "has no signing.pfx"
    )]
    [InlineData(
        "Deployment",
        "spec/template/spec/volumes/1/secret/items/0/path",
        "sign.pem",
        "which is not mounted"
    )]
    [InlineData(
        "Deployment",
        "spec/selector/matchLabels/app.kubernetes.io~1component",
        "app",
        "does not select its own pods"
    )]
    [InlineData("Deployment", "metadata/namespace", "default", "is not in the namespace monolith")]
    [InlineData(
        "Service",
        "spec/selector/app.kubernetes.io~1component",
        "wbe",
        "selects not one Deployment's pods"
    )]
    [InlineData("Service", "spec/ports/0/targetPort", "htpt", "there is no port htpt")]
    [InlineData(
        "Ingress",
        "spec/rules/0/http/paths/0/backend/service/name",
        "wbe",
        "there is no Service wbe"
    )]
    [InlineData("Ingress", "spec/rules/0/host", "fod.example", "has no certificate")]
    [InlineData("Ingress", "spec/tls/0/secretName", "tls", "there is no Secret tls")]
    [InlineData(
        "PodDisruptionBudget",
        "spec/selector/matchLabels/app.kubernetes.io~1component",
        "wbe",
        "selects not one"
    )]
    [InlineData("HorizontalPodAutoscaler", "spec/scaleTargetRef/name", "wbe", "there is no Deployment wbe")]
    [InlineData("HorizontalPodAutoscaler", "spec/metrics/0/resource/name", "gpu", "requests no gpu")]
    [InlineData(
        "NetworkPolicy",
        "spec/ingress/0/from/2/podSelector/matchLabels/app.kubernetes.io~1part-of",
        "mono",
        "nobody is mono"
    )]
    [InlineData("NetworkPolicy", "spec/ingress/0/ports/0/port", "htpt", "there is no port htpt")]
    [InlineData(
        "ConfigMap web-settings",
        "data/Auth__Issuer",
        "https://fod.example/",
        "which the Ingress does not"
    )]
    [InlineData(
        "ConfigMap web-settings",
        "data/Modules__Reviews__Address",
        "http://review:8080",
        "which no Service is"
    )]
    public void A_reference_that_leads_nowhere_is_noticed(string what, string path, string value, string told)
    {
        var spoilt = Overlay.Spoilt("reviews-out", what, path, $"\"{value}\"");

        References
            .Broken(spoilt)
            .ShouldContain(sentence => sentence.Contains(told, StringComparison.Ordinal));
    }
}
