package dev.aerie.benchmarks;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Our own relay: an ingest server as a process of its own, without a broker unless
/// `RABBITMQ_URL` is among the settings.
final class AerieRelay {

    /// A port without a listener: the ingest publishes nothing.
    private static final String NO_BROKER = "amqp://127.0.0.1:1";

    private AerieRelay() {}

    /// - `relay`: the address for readers
    /// - `api`: where a publisher connects
    record Started(RunningRelay relay, URI api) {}

    static Started start(String name, Installation installation, Map<String, String> settings)
            throws PartFailedException, InterruptedException {
        int rtspPort = Ports.free();
        int apiPort = Ports.free();
        var environment = new HashMap<>(settings);
        environment.put("BIND_HOST", "127.0.0.1");
        environment.put("RTSP_PORT", Integer.toString(rtspPort));
        environment.put("API_PORT", Integer.toString(apiPort));
        environment.putIfAbsent("RABBITMQ_URL", NO_BROKER);
        Child child = Child.start(name, installation.serviceCommand("ingest-server"), environment, installation.logs());
        child.awaitReady(
                () -> Ports.accepts("127.0.0.1", rtspPort) && Ports.accepts("127.0.0.1", apiPort),
                RunningRelay.START_LIMIT);
        return new Started(new RunningRelay(name, child, rtspPort, true), URI.create("http://127.0.0.1:" + apiPort));
    }

    /// The relay that the publisher pushes to.
    record Pushed() implements BenchRelay {

        @Override
        public String server() {
            return "aerie";
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        @MustBeClosed
        public RunningRelay start(RunningRelay source, String stream, Installation installation) {
            return new RunningRelay(server(), source.process(), source.rtspPort(), false);
        }
    }

    /// Our relay in the position of the peers: one hop behind the ingest.
    record Pulling() implements BenchRelay {

        @Override
        public String server() {
            return "aerie-pull";
        }

        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        @MustBeClosed
        public RunningRelay start(RunningRelay source, String stream, Installation installation)
                throws PartFailedException, InterruptedException {
            var settings = Map.of("SOURCES", stream + "=" + source.url(stream));
            return AerieRelay.start(server(), installation, settings).relay();
        }
    }
}
