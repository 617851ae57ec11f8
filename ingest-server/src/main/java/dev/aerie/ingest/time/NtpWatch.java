package dev.aerie.ingest.time;

import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.commons.net.ntp.NTPUDPClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Periodically measures the offset of this machine's clock against an NTP server (RFC 5905). It does not set the
/// clock.
///
/// Owns its thread until [#close].
public final class NtpWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NtpWatch.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Duration interval;
    private final InstantSource clock;
    private final Optional<BackgroundThread> thread;

    private volatile Optional<ClockOffset> latest = Optional.empty();
    private volatile String error;

    /// An NTP server; the port is 123 outside of tests.
    public record Server(String host, int port) {

        private static final int NTP_PORT = 123;

        /// `host` or `host:port`.
        public static Server parse(String text) {
            int colon = text.lastIndexOf(':');
            return colon < 0
                    ? new Server(text, NTP_PORT)
                    : new Server(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }
    }

    /// `server`: empty to measure nothing.
    public NtpWatch(Optional<Server> server, Duration interval, InstantSource clock) {
        this.interval = interval;
        this.clock = clock;
        this.thread = server.map(asked -> BackgroundThread.of("ntp", () -> keepMeasuring(asked)));
        this.error = server.isEmpty() ? "no time server is set (NTP_SERVER)" : "not measured yet";
    }

    public void start() {
        thread.ifPresent(BackgroundThread::start);
    }

    /// The newest measurement; it stays when later ones fail.
    public Optional<ClockOffset> latest() {
        return latest;
    }

    /// Why there is no newer measurement; empty after a success.
    public String error() {
        return error;
    }

    @Override
    public void close() {
        thread.ifPresent(BackgroundThread::close);
    }

    private void keepMeasuring(Server asked) throws InterruptedException {
        while (true) {
            measure(asked);
            Thread.sleep(interval);
        }
    }

    private void measure(Server asked) {
        try (var client = new NTPUDPClient()) {
            client.setDefaultTimeout(TIMEOUT);
            client.open();
            var answer = client.getTime(InetAddress.getByName(asked.host()), asked.port());
            answer.computeDetails();
            if (answer.getOffset() == null || answer.getDelay() == null) {
                throw new IOException("the answer names no times");
            }
            latest = Optional.of(new ClockOffset(
                    Duration.ofMillis(answer.getOffset()), Duration.ofMillis(answer.getDelay()), clock.instant()));
            error = "";
        } catch (IOException | RuntimeException transientFailure) {
            // A runtime exception is an answer that the library could not read.
            error = "no answer from the time server: " + transientFailure.getMessage();
            LOG.warn("ntp failed cause={}", transientFailure.getMessage());
        }
    }
}
