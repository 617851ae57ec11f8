package dev.aerie;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// What every service answers to requests that a browser sends for a page of another site. Each has a test that asks
/// for it: the gate is in common-service, and a service has it by its wiring.
public final class GuardedDoors {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int SLOW_CLIENTS = 230;

    private GuardedDoors() {}

    /// - `port`: of HTTP, on loopback
    public static void areShutAt(int port) throws IOException {
        for (String path :
                new String[] {"/", "/q/health/live", "/health", "/q/metrics", "/q/openapi", "/api/streams"}) {
            assertThat(answer(port, "GET", path, "Host: evil.example:" + port))
                    .as(path)
                    .startsWith("HTTP/1.1 421");
        }
        String own = "Host: 127.0.0.1:" + port + "\r\nContent-Length: 0\r\n";
        assertThat(answer(port, "POST", "/stop", own + "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(answer(port, "DELETE", "/api/x", own + "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403");
        assertThat(answer(
                        port,
                        "POST",
                        "/x",
                        "Host: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 415");
        assertThat(answer(port, "GET", "/q/health/live", "Host: 10.1.2.3:" + port))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .containsIgnoringCase("X-Frame-Options: DENY")
                .contains("frame-ancestors 'none'");
    }

    /// 230 clients begin a body and never end it: more than the service has threads. Health is answered all the same,
    /// and those that are too many are told so.
    ///
    /// - `path`: that takes a body by POST
    public static void answerHealthBesideSlowBodies(int port, String path) throws IOException {
        byte[] begun = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100000\r\n\r\n{" + " ".repeat(70_000))
                .getBytes(StandardCharsets.US_ASCII);
        var clients = new ArrayList<Socket>();
        try {
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                var client = new Socket(InetAddress.getLoopbackAddress(), port);
                clients.add(client);
                client.setSoTimeout(TIMEOUT_MILLIS);
                write(client, begun);
            }
            assertThat(answer(port, "GET", "/q/health/live", "Host: 127.0.0.1")).startsWith("HTTP/1.1 200");
            assertThat(answer(port, "GET", "/api/streams", "Host: 127.0.0.1")).startsWith("HTTP/1.1 503");
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
        Eventually.holds("places", () -> isAnswered(port));
    }

    /// One that is refused may be hung up on while it still writes.
    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException refused) {
            assertThat(refused).isInstanceOf(SocketException.class);
        }
    }

    private static boolean isAnswered(int port) {
        try {
            return !answer(port, "GET", "/api/streams", "Host: 127.0.0.1").startsWith("HTTP/1.1 503");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(int port, String method, String path, String headers) throws IOException {
        String end = headers.contains("\r\n\r\n") ? "" : "\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nConnection: close\r\n" + headers + end)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
