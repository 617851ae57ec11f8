package dev.aerie.cli.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One of the overlays of `k8s/`, as `kubectl kustomize` renders it.
record RenderedOverlay(String name, String yaml, List<HasMetadata> resources) {

    /// Where deploy/validate-k8s.sh leaves it.
    private static final Path FETCHED = DocumentedServices.ROOT.resolve(".aerie/k8s/kubectl");

    /// Renders `k8s/overlays/NAME`; the test is skipped where there is no kubectl.
    static RenderedOverlay of(String name) {
        var kubectl = kubectl();
        assumeTrue(kubectl.isPresent(), "skipped: no kubectl (deploy/validate-k8s.sh --prepare brings one)");
        String yaml = render(kubectl.get(), DocumentedServices.ROOT.resolve("k8s/overlays/" + name));
        return new RenderedOverlay(name, yaml, StrictManifests.parse(yaml));
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// The pods of Deployments and StatefulSets, one container each.
    List<PodTemplateSpec> pods() {
        return Stream.concat(
                        all(Deployment.class).stream().map(one -> one.getSpec().getTemplate()),
                        all(StatefulSet.class).stream().map(one -> one.getSpec().getTemplate()))
                .toList();
    }

    Stream<Container> containers() {
        return pods().stream().flatMap(pod -> pod.getSpec().getContainers().stream());
    }

    /// The variables that a container is given by name, or by a ConfigMap as a whole.
    Set<String> variables(Container container) {
        var names = new TreeSet<String>();
        container.getEnv().forEach(one -> names.add(one.getName()));
        container.getEnvFrom().stream()
                .map(from -> from.getConfigMapRef())
                .filter(Objects::nonNull)
                .forEach(reference ->
                        names.addAll(config(reference.getName()).getData().keySet()));
        return names;
    }

    private ConfigMap config(String name) {
        return all(ConfigMap.class).stream()
                .filter(one -> one.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Path> kubectl() {
        var onPath = Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "kubectl"));
        return Stream.concat(onPath, Stream.of(FETCHED))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String render(Path kubectl, Path overlay) {
        try {
            var process = new ProcessBuilder(kubectl.toString(), "kustomize", overlay.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize fails on " + overlay);
            }
            return yaml;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
