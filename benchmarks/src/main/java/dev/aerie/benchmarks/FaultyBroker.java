package dev.aerie.benchmarks;

import dev.aerie.auth.Secrets;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;

/// The embedded broker, which can be killed and comes back at the same port, with nothing left of what it held. Used by
/// one thread; owns its process.
final class FaultyBroker implements AutoCloseable {

    private final Installation installation;
    private final int port = Ports.free();
    private final String password = Secrets.password(new SecureRandom());
    private Child process;

    private FaultyBroker(Installation installation) throws PartFailedException {
        this.installation = installation;
        process = Child.start("broker", installation.brokerCommand(port), settings(), installation.logs());
    }

    static FaultyBroker start(Installation installation) throws PartFailedException, InterruptedException {
        var broker = new FaultyBroker(installation);
        broker.awaitReady();
        return broker;
    }

    String url() {
        return "amqp://guest:" + password + "@127.0.0.1:" + port;
    }

    /// By SIGKILL; returns once it is gone.
    void kill() throws InterruptedException {
        process.handle().destroyForcibly();
        process.end(Duration.ofSeconds(5));
    }

    void comeBack() throws PartFailedException, InterruptedException {
        process = Child.startAgain("broker", installation.brokerCommand(port), settings(), installation.logs());
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    private void awaitReady() throws PartFailedException, InterruptedException {
        process.awaitReady(() -> Ports.accepts("127.0.0.1", port), RunningRelay.START_LIMIT);
    }

    private Map<String, String> settings() {
        return Map.of("BROKER_PASSWORD", password);
    }
}
