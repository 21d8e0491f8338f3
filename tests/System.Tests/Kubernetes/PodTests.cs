using System.Globalization;
using k8s.Models;

namespace System.Tests.Kubernetes;

/// <summary>What each pod may do, and how long it is given to stop.</summary>
public sealed class PodTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_container_may_do_as_little_as_it_can(string overlay)
    {
        foreach (var (owner, pod) in Overlay.Read(overlay).Pods)
        {
            pod.Spec.AutomountServiceAccountToken.ShouldBe(false, owner);
            pod.Spec.SecurityContext.RunAsNonRoot.ShouldBe(true, owner);
            pod.Spec.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault", owner);
            foreach (var container in Overlay.Containers(pod))
            {
                container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true, owner);
                container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false, owner);
                container.SecurityContext.Capabilities.Drop.ShouldHaveSingleItem(owner).ShouldBe("ALL");
                container.VolumeMounts.ShouldContain(mount => mount.MountPath == "/tmp", owner);
                foreach (var amounts in new[] { container.Resources.Requests, container.Resources.Limits })
                    string.Join(',', amounts.Keys.Order(StringComparer.Ordinal))
                        .ShouldBe("cpu,memory", owner);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void A_pod_is_given_the_time_that_it_takes_to_stop(string overlay)
    {
        var read = Overlay.Read(overlay);
        foreach (var deployment in read.All<V1Deployment>())
        {
            var pod = deployment.Spec.Template;
            var serving = pod.Spec.Containers.ShouldHaveSingleItem();
            var drain = TimeSpan.Parse(
                read.EnvironmentOf(serving)["Edge__DrainFor"],
                CultureInfo.InvariantCulture
            );

            // ADR 055.
            pod.Spec.TerminationGracePeriodSeconds!.Value.ShouldBeGreaterThanOrEqualTo(
                (long)drain.TotalSeconds + 20
            );
            var readiness = serving.ReadinessProbe;
            TimeSpan
                .FromSeconds(
                    (readiness.PeriodSeconds!.Value * readiness.FailureThreshold!.Value)
                        + readiness.TimeoutSeconds!.Value
                )
                .ShouldBeLessThan(drain);
            References.Probes(serving).Count().ShouldBe(3);
            deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value.ShouldBe("0");
            pod.Spec.InitContainers.ShouldHaveSingleItem().Args.ShouldBe(["await-migrations"]);
            read.All<V2HorizontalPodAutoscaler>()
                .Single(one => one.Spec.ScaleTargetRef.Name == deployment.Metadata.Name)
                .Spec.MinReplicas!.Value.ShouldBeGreaterThanOrEqualTo(2);
        }
    }
}
