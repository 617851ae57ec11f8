package dev.aerie.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The overlays of `k8s/`, rendered and checked without a cluster; deploy/validate-k8s.sh checks required fields.
final class KubernetesManifestsTest {

    private static final Set<String> SERVICES = DocumentedServices.ports().keySet();

    /// It has no port: it ends where it cannot go on.
    private static final String DRONE = "drone";

    private static List<RenderedOverlay> overlays = List.of();

    @BeforeAll
    static void render() {
        overlays = List.of(RenderedOverlay.of("cpu"), RenderedOverlay.of("gpu"), RenderedOverlay.of("dev"));
    }

    @Test
    void parse_unknownField_isAFault() {
        String planted = overlays.getFirst().yaml().replaceFirst("readOnlyRootFilesystem", "readOnlyRootFileSystem");

        assertThatThrownBy(() -> StrictManifests.parse(planted)).hasMessageContaining("readOnlyRootFileSystem");
    }

    @Test
    void parse_wrongType_isAFault() {
        String planted = overlays.getFirst().yaml().replaceFirst("replicas: 1\n", "replicas: one\n");

        assertThatThrownBy(() -> StrictManifests.parse(planted)).hasMessageContaining("one");
    }

    @Test
    void everyOverlay_runsAllServicesAndTheBroker() {
        var wanted = new TreeSet<>(SERVICES);
        wanted.add("rabbitmq");

        assertThat(overlays).allSatisfy(overlay -> assertThat(names(overlay)).containsAll(wanted));
    }

    @Test
    void containers_haveProbesAndLimits() {
        assertThat(overlays.stream().flatMap(RenderedOverlay::containers)).allSatisfy(container -> {
            var limits = container.getResources().getLimits();
            assertThat(limits).as(container.getName()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            if (!container.getName().equals(DRONE)) {
                assertThat(container.getStartupProbe()).as(container.getName()).isNotNull();
                assertThat(container.getReadinessProbe())
                        .as(container.getName())
                        .isNotNull();
                assertThat(container.getLivenessProbe()).as(container.getName()).isNotNull();
            }
        });
    }

    @Test
    void probesOfServices_askTheirHealth() {
        assertThat(services()).isNotEmpty().allSatisfy(container -> {
            assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
            assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
            assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
        });
    }

    @Test
    void variables_areKnownToTheirService() {
        var known = DocumentedServices.variables();

        assertThat(overlays)
                .allSatisfy(overlay -> assertThat(
                                overlay.containers().filter(container -> SERVICES.contains(container.getName())))
                        .hasSameSizeAs(SERVICES)
                        .allSatisfy(container -> assertThat(known.get(container.getName()))
                                .as(container.getName())
                                .containsAll(overlay.variables(container))));
    }

    @Test
    void openIdConnect_isToldToEveryService() {
        assertThat(overlays)
                .allSatisfy(overlay -> assertThat(
                                overlay.containers().filter(container -> SERVICES.contains(container.getName())))
                        .hasSameSizeAs(SERVICES)
                        .allSatisfy(container -> assertThat(overlay.variables(container))
                                .as(container.getName())
                                .contains("OIDC_URL", "OIDC_CLIENT_ID", "OIDC_ROLE_CLAIM", "LOGIN_KEY")));
        assertThat(overlays)
                .allSatisfy(overlay -> assertThat(overlay.containers()
                                .filter(container ->
                                        overlay.variables(container).contains("OIDC_CLIENT_SECRET"))
                                .map(Container::getName))
                        .containsExactly("ingest-server"));
    }

    @Test
    void ports_areThoseOfTheReadme() {
        var documented = DocumentedServices.ports();

        assertThat(services())
                .allSatisfy(container -> assertThat(container.getPorts().stream()
                                .map(port -> port.getContainerPort())
                                .collect(Collectors.toSet()))
                        .isEqualTo(documented.get(container.getName())));
    }

    @Test
    void portsOfServices_leadToNamedPortsOfContainers() {
        assertThat(overlays).allSatisfy(overlay -> {
            var named = overlay.containers()
                    .flatMap(container -> container.getPorts().stream())
                    .map(port -> port.getName() + " " + port.getContainerPort())
                    .collect(Collectors.toSet());
            assertThat(overlay.all(Service.class).stream()
                            .flatMap(service -> service.getSpec().getPorts().stream())
                            .map(port -> port.getTargetPort().getStrVal() + " " + port.getPort()))
                    .isNotEmpty()
                    .isSubsetOf(named);
        });
    }

    @Test
    void pods_haveNoMoreRightsThanTheyNeed() {
        assertThat(overlays.stream().flatMap(overlay -> overlay.pods().stream()))
                .isNotEmpty()
                .allSatisfy(KubernetesManifestsTest::isRestricted);
    }

    private static void isRestricted(PodTemplateSpec pod) {
        var spec = pod.getSpec();
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        assertThat(spec.getEnableServiceLinks()).isFalse();
        assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(spec.getContainers()).allSatisfy(container -> {
            var rights = container.getSecurityContext();
            assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
            assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
            assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
        });
    }

    @Test
    void secrets_areReferredToAndNeverWritten() {
        var documented = DocumentedServices.read("k8s", "secrets.example.env")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isEmpty())
                .toList();

        assertThat(documented).allMatch(line -> line.endsWith("="));
        assertThat(overlays).allSatisfy(overlay -> {
            assertThat(overlay.all(Secret.class)).isEmpty();
            assertThat(overlay.containers()
                            .flatMap(container -> container.getEnv().stream())
                            .filter(one -> one.getValueFrom() != null
                                    && one.getValueFrom().getSecretKeyRef() != null)
                            .map(one -> one.getValueFrom().getSecretKeyRef().getKey() + "="))
                    .isNotEmpty()
                    .isSubsetOf(documented);
        });
    }

    @Test
    void networkPolicies_allowTheArrowsOfTheArchitecture() {
        var overlay = overlays.getFirst();

        assertThat(NetworkArrow.ofTheDiagram()).hasSizeGreaterThan(SERVICES.size());
        assertThat(NetworkArrow.letOut(overlay)).isEqualTo(NetworkArrow.ofTheDiagram());
        assertThat(NetworkArrow.letIn(overlay)).isEqualTo(NetworkArrow.ofTheDiagram());
    }

    @Test
    void disruptionBudgets_areForEachKindOfPod() {
        assertThat(overlays)
                .allSatisfy(overlay -> assertThat(overlay.all(PodDisruptionBudget.class).stream()
                                .map(budget -> budget.getMetadata().getName()))
                        .containsAll(SERVICES));
    }

    @Test
    void gpuOverlay_placesTheFrameProcessorOnAGpu() {
        var pod = overlays.get(1).all(Deployment.class).stream()
                .filter(one -> one.getMetadata().getName().equals("frame-processor"))
                .map(one -> one.getSpec().getTemplate().getSpec())
                .findFirst()
                .orElseThrow();

        assertThat(pod.getNodeSelector()).containsEntry("nvidia.com/gpu.present", "true");
        assertThat(pod.getTolerations()).anyMatch(one -> one.getKey().equals("nvidia.com/gpu"));
        assertThat(pod.getContainers().getFirst().getResources().getLimits())
                .containsEntry("nvidia.com/gpu", new Quantity("1"));
    }

    private static List<Container> services() {
        return overlays.stream()
                .flatMap(RenderedOverlay::containers)
                .filter(container -> SERVICES.contains(container.getName()))
                .toList();
    }

    private static Set<String> names(RenderedOverlay overlay) {
        return overlay.containers().map(Container::getName).collect(Collectors.toSet());
    }
}
