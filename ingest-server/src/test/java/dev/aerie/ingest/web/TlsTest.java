package dev.aerie.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.testing.SocketClient;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestCertificate;
import dev.aerie.tls.LocalAuthority;
import dev.aerie.tls.TrustedAuthorities;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With a certificate the ports of HTTP and RTSPS speak TLS alone, and follow the certificate.
@QuarkusTest
@TestProfile(TlsTest.WithCertificate.class)
final class TlsTest {

    /// In a place that this class has in every class loader.
    private static final LocalAuthority AUTHORITY = new LocalAuthority(Path.of("target", "tls-test"));

    @TestHTTPResource(value = "/", tls = true)
    URI server;

    @Inject
    RtspServer rtsp;

    private SSLContext trust;

    public static final class WithCertificate implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                AUTHORITY.certify(List.of("127.0.0.1"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.of(
                    "TLS_CERTIFICATE",
                    AUTHORITY.certificate().toString(),
                    "TLS_KEY",
                    AUTHORITY.key().toString());
        }
    }

    @BeforeEach
    void trust() throws IOException {
        trust = TrustedAuthorities.context(AUTHORITY.authority());
    }

    @Test
    void http_overTls_isAnswered_inTheClear_isNot() throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
            var streams = URI.create("https://127.0.0.1:" + server.getPort() + "/api/streams");
            var answer = client.send(HttpRequest.newBuilder(streams).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).as("what the limits know").isEqualTo(HttpClient.Version.HTTP_1_1);
            var clear = URI.create("http://127.0.0.1:" + server.getPort() + "/api/streams");
            assertThatThrownBy(() -> client.send(HttpRequest.newBuilder(clear).build(), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void webSocket_overTls_opens() {
        var address = URI.create("wss://127.0.0.1:" + server.getPort() + "/ws/results/drone");
        try (var socket = new SocketClient(address, trust)) {
            assertThat(socket.isOpen()).isTrue();
        }
    }

    @Test
    void certificate_replaced_isShownAtBothPorts() throws Exception {
        AUTHORITY.certify(List.of("127.0.0.1"));
        var next = TestCertificate.first(AUTHORITY.certificate());
        for (int port : new int[] {server.getPort(), rtsp.tlsPort()}) {
            Eventually.holds("the next certificate at " + port, () -> TestCertificate.isShown(next, trust, port));
        }
    }
}
