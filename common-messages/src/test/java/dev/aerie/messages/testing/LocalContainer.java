package dev.aerie.messages.testing;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/// A container of an image that is here ([LocalImage]), with ports on this machine's loopback that stay the same when
/// it is killed and started again. Ends with the JVM; what a killed JVM left behind, the next one removes.
public final class LocalContainer implements AutoCloseable {

    private static final String OWNER = "dev.aerie.test.pid";

    private final GenericContainer<?> container;

    /// - `ports`: those on this machine by those of the container
    /// - `environment`: added to the image's
    /// - `files`: texts by their paths in the container
    /// - `entrypoint`: in the image's place; empty keeps that
    public record Plan(
            String image,
            Map<Integer, Integer> ports,
            Map<String, String> environment,
            Map<String, String> files,
            List<String> entrypoint) {}

    public LocalContainer(Plan plan) {
        removeOrphans(DockerClientFactory.lazyClient());
        container = new GenericContainer<>(DockerImageName.parse(plan.image()))
                .withEnv(plan.environment())
                .withLabel(OWNER, Long.toString(ProcessHandle.current().pid()))
                .withCreateContainerCmdModifier(command -> adapt(command, plan));
        plan.files().forEach((path, text) -> container.withCopyToContainer(Transferable.of(text), path));
    }

    /// Whether Testcontainers reaches an engine.
    static boolean canStart() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /// Starts it, or starts it again with the files it had; it may not answer yet.
    public void start() {
        String id = container.getContainerId();
        if (id == null) {
            container.start();
        } else {
            client().startContainerCmd(id).exec();
        }
    }

    /// Ends its processes by SIGKILL; returns when they are gone.
    public void kill() {
        client().killContainerCmd(container.getContainerId()).exec();
        Eventually.holds("container gone", () -> !isRunning());
    }

    /// Stops its processes without ending them.
    public void freeze() {
        client().pauseContainerCmd(container.getContainerId()).exec();
    }

    public void thaw() {
        client().unpauseContainerCmd(container.getContainerId()).exec();
    }

    public boolean isRunning() {
        return container.isRunning();
    }

    /// What it has printed.
    public String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
    }

    private static void adapt(CreateContainerCmd command, Plan plan) {
        var bindings = plan.ports().entrySet().stream()
                .map(port -> new PortBinding(
                        Ports.Binding.bindIpAndPort("127.0.0.1", port.getValue()), ExposedPort.tcp(port.getKey())))
                .toList();
        command.withExposedPorts(
                bindings.stream().map(PortBinding::getExposedPort).toList());
        requireNonNull(command.getHostConfig()).withPortBindings(bindings);
        if (!plan.entrypoint().isEmpty()) {
            command.withEntrypoint(plan.entrypoint());
        }
    }

    private static void removeOrphans(DockerClient client) {
        for (var one : client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER))
                .exec()) {
            long owner = Long.parseLong(one.getLabels().get(OWNER));
            if (ProcessHandle.of(owner).isEmpty()) {
                client.removeContainerCmd(one.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            }
        }
    }

    private DockerClient client() {
        return container.getDockerClient();
    }
}
