package dev.aerie.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a service answered that it is alive, asked once a second over a connection of its own each.
///
/// - `longestMillis`: of the answers; null without one
record HealthAnswers(int answered, int asked, @Nullable Double longestMillis) {

    private static final int LIMIT_MILLIS = 5_000;
    private static final int BETWEEN_MILLIS = 1_000;
    private static final String REQUEST = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /// Asks for this long.
    static HealthAnswers during(Duration length, URI service) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        var health = new Latencies();
        int asked = 0;
        while (System.nanoTime() < end) {
            asked++;
            ask(service, health);
            Thread.sleep(BETWEEN_MILLIS);
        }
        return new HealthAnswers(health.count(), asked, health.percentileMillis(100));
    }

    private static void ask(URI service, Latencies health) {
        long begin = System.nanoTime();
        try (var socket = new Socket()) {
            socket.setSoTimeout(LIMIT_MILLIS);
            socket.connect(new InetSocketAddress(service.getHost(), service.getPort()), LIMIT_MILLIS);
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.startsWith("HTTP/1.1 200")) {
                health.add(System.nanoTime() - begin);
            }
        } catch (IOException _) {
            // Asked and not answered.
        }
    }
}
