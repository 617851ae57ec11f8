package dev.aerie.benchmarks;

import dev.aerie.host.Child;
import dev.aerie.host.ProcessCost;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// A relay that is being measured: a process of its own that serves our streams on a port of loopback.
///
/// - `owned`: ends with this; the relay that the others pull from does not
record RunningRelay(String server, Child process, int rtspPort, boolean owned) implements AutoCloseable {

    /// How long a server may take to start, and a stream to be served.
    static final Duration START_LIMIT = Duration.ofSeconds(90);

    URI url(String stream) {
        return URI.create("rtsp://127.0.0.1:" + rtspPort + "/" + stream);
    }

    ProcessCost cost() throws IOException {
        return ProcessCost.of(process.pid());
    }

    @Override
    public void close() {
        if (owned) {
            process.close();
        }
    }
}
