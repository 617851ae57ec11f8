package dev.aerie.benchmarks;

import dev.aerie.host.Child;
import dev.aerie.host.ProcessCost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// A relay under measurement: a separate process that serves our streams on a loopback port.
///
/// - `owned`: whether the process ends with this; false for the relay that the others pull from
record RunningRelay(String server, Child process, int rtspPort, boolean owned) implements AutoCloseable {

    /// Limit for a server to start and for a stream to be served.
    static final Duration START_LIMIT = Duration.ofSeconds(90);

    URI url(String stream) {
        return URI.create("rtsp://127.0.0.1:" + rtspPort + "/" + stream);
    }

    ProcessCost cost() throws IOException {
        return ProcessCost.of(process.pid());
    }

    /// CPU time of its Java compiler; zero where it is no Java.
    Duration compiling() throws IOException {
        return ProcessCost.compiling(process.pid());
    }

    /// How long its threads waited for a core so far, all together.
    Duration waitingForCores() throws IOException {
        return ProcessCost.waitingForCores(process.pid());
    }

    @Override
    public void close() {
        if (owned) {
            process.close();
        }
    }
}
