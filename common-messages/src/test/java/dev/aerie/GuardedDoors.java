package dev.aerie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// What every service answers to requests that a browser sends for a page of another site. Each has a test that asks
/// for it: the gate is in common-service, and a service has it by its wiring.
public final class GuardedDoors {

    private static final int TIMEOUT_MILLIS = 20_000;

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
