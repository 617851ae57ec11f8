package dev.aerie.messages.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A [ReplicaMain] in a process of its own, to be killed.
public final class KillableReplica implements AutoCloseable {

    private final OwnProcess process;

    private KillableReplica(OwnProcess process) {
        this.process = process;
    }

    public static KillableReplica start(String brokerUrl, String service, int capacity) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                ReplicaMain.class.getName(),
                brokerUrl,
                service,
                Integer.toString(capacity));
        return new KillableReplica(OwnProcess.start(command, Map.of(), Path.of("target", "replica.log")));
    }

    /// Ends it by SIGKILL.
    public void kill() {
        process.kill(Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        kill();
    }
}
