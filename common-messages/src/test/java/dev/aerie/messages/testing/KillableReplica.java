package dev.aerie.messages.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A replica in a process of its own, to be killed; a [ReplicaMain] unless a test has one of its own.
public final class KillableReplica implements AutoCloseable {

    private final OwnProcess process;

    private KillableReplica(OwnProcess process) {
        this.process = process;
    }

    public static KillableReplica start(String brokerUrl, String service, int capacity) {
        return start(ReplicaMain.class, brokerUrl, service, Integer.toString(capacity));
    }

    /// A replica of another kind: starts `main` with these arguments, on the class path of the test.
    public static KillableReplica start(Class<?> main, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return run(command, Map.of(), Path.of("target", "replica.log"));
    }

    /// Whatever a command starts.
    ///
    /// - `log`: gets its output behind what is there
    public static KillableReplica run(List<String> command, Map<String, String> environment, Path log) {
        return new KillableReplica(OwnProcess.start(command, environment, log));
    }

    /// Ends it by SIGKILL.
    public void kill() {
        process.kill(Duration.ofSeconds(5));
    }

    /// Asks it to end, as an operator's SIGTERM does; returns whether it has, within `limit`.
    public boolean terminate(Duration limit) throws InterruptedException {
        process.signal("TERM");
        return process.awaitEnd(limit);
    }

    @Override
    public void close() {
        kill();
    }
}
