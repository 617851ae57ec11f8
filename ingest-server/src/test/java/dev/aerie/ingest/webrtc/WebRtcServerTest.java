package dev.aerie.ingest.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.limits.ByteBudget;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebRtcServerTest {

    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");
    private static final String TO_PUBLISH = WebRtcOfferTest.OFFER.replace("a=recvonly", "a=sendonly");

    private final Relay relay = new Relay();
    private final SecureRandom random = new SecureRandom();
    private final Streams streams = new Streams(
            relay,
            new StreamLimits(4, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            random);

    /// With one place for all. Told its addresses, it does not look whether it listens before it takes the place.
    private final WebRtcServer server = WebRtcServer.of(
            new WebRtcConfig("127.0.0.1", 0, List.of(InetAddress.ofLiteral("127.0.0.1")), 1, 1),
            streams,
            random,
            InstantSource.system(),
            ByteBudget.ofProcess());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void publish_thatCannotBeOpened_givesItsPlaceAndStreamBack() throws Exception {
        assertThatIllegalStateException().isThrownBy(() -> server.publish("cam", TO_PUBLISH, CLIENT));
        assertThat(server.sessions()).isZero();

        server.start();
        assertThat(server.publish("cam", TO_PUBLISH, CLIENT)).isPresent();
        assertThat(server.publish("other", TO_PUBLISH, CLIENT)).isEmpty();
    }

    @Test
    void read_thatCannotBeOpened_givesItsPlaceBack() throws Exception {
        var stream = relay.open("cam");
        assertThatIllegalStateException().isThrownBy(() -> server.read(stream, WebRtcOfferTest.OFFER, CLIENT));

        server.start();
        assertThat(server.read(stream, WebRtcOfferTest.OFFER, CLIENT)).isPresent();
    }
}
