package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.TestCertificate;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.client.TcpUnits;
import dev.aerie.tls.LocalAuthority;
import dev.aerie.tls.TrustedAuthorities;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// RTSPS: the relay's door in TLS, and our own client before it.
final class RtspTlsTest {

    private static final AtomicReference<SSLContext> SHOWN = new AtomicReference<>();
    private static LocalAuthority authority;
    private static SSLContext client;
    private static RelayUnderTest relay;

    @BeforeAll
    static void open() throws Exception {
        authority = TestCertificate.authority();
        TrustedAuthorities.addToProcess(authority.authority());
        client = SSLContext.getDefault();
        SHOWN.set(TestCertificate.server(authority));
        relay = new RelayUnderTest(config());
        relay.loop("drone", TestClip.shortGroups());
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    private static RtspServerConfig config() {
        return RtspServerConfig.defaults("127.0.0.1", 0).withTls(new RtspTls("127.0.0.1", 0, SHOWN::get));
    }

    @Test
    void play_byOurClient_givesTheUnitsThatWerePublished() throws Exception {
        var published = TestClip.shortGroups().stream().map(RtspTlsTest::slices).toList();
        try (var units =
                TcpUnits.live(RtspConfig.of("drone", relay.tlsUrl("drone"))).open()) {
            for (int i = 0; i < 10; i++) {
                assertThat(published).contains(slices(units.next()));
            }
            assertThat(relay.stats("drone").readers())
                    .extracting(RtspServerStats.ReaderStats::transport)
                    .contains("tls");
        }
    }

    private static List<ByteBuffer> slices(AccessUnit unit) {
        return unit.nalUnits().stream()
                .filter(nal -> nal.type() == 1 || nal.type() == 5)
                .map(NalUnit::bytes)
                .toList();
    }

    @Test
    void play_certificateOfAnotherName_isRefusedByOurClient() {
        String url = relay.tlsUrl("drone").replace("127.0.0.1", "localhost");
        assertThatThrownBy(() -> read(url)).isInstanceOf(SSLException.class);
    }

    @Test
    void play_certificateOfAnUnknownAuthority_isRefusedByOurClient() throws Exception {
        var stranger = TestCertificate.server(TestCertificate.authority());
        var config = RtspServerConfig.defaults("127.0.0.1", 0).withTls(new RtspTls("127.0.0.1", 0, () -> stranger));
        try (var impostor = new RelayUnderTest(config)) {
            impostor.loop("drone", TestClip.shortGroups());
            assertThatThrownBy(() -> read(impostor.tlsUrl("drone"))).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void connect_withTheWrongProtocol_isClosed_andOthersAreServed() throws Exception {
        assertThatThrownBy(() -> read(relay.url("drone").replace("rtsp://", "rtsps://")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(relay.tlsUrl("drone").replace("rtsps://", "rtsp://")))
                .isInstanceOf(IOException.class);
        read(relay.tlsUrl("drone"));
    }

    @Test
    void setup_datagrams_areRefusedWhereTheyWouldBeInTheClear() throws Exception {
        try (var reader = connect();
                var publisher = connect()) {
            var offered = reader.request(
                    "SETUP", relay.tlsUrl("drone") + "/trackID=0", "Transport: RTP/AVP;unicast;client_port=5000-5001");
            assertThat(offered.status()).isEqualTo(461);
            assertThat(publisher
                            .announce(relay.tlsUrl("cam"), "RTP/AVP;unicast;client_port=5000-5001;mode=record")
                            .status())
                    .isEqualTo(461);
        }
    }

    @Test
    void certificate_replaced_isShownToTheNextClient_whileTheOthersStay() throws Exception {
        try (var before = connect()) {
            assertThat(before.request("OPTIONS", "*").status()).isEqualTo(200);
            var first = TestCertificate.shown(client, relay.server.tlsPort());
            authority.certify(List.of("127.0.0.1"));
            SHOWN.set(TestCertificate.server(authority));
            var second = TestCertificate.shown(client, relay.server.tlsPort());
            assertThat(second).isNotEqualTo(first).isEqualTo(TestCertificate.first(authority.certificate()));
            assertThat(before.request("OPTIONS", "*").status()).isEqualTo(200);
        }
    }

    @Test
    void reader_thatReadsNothing_waitsWithABoundedQueue_andGetsItAllInTheEnd() throws Exception {
        try (var bounded = new RelayUnderTest(config().withLimits(new ReaderLimits(256 << 10, 60, 16 << 10)))) {
            var stream = bounded.relay.open("drone");
            var clip = TestClip.shortGroups();
            stream.publish(clip.getFirst());
            var socket = client.getSocketFactory().createSocket("127.0.0.1", bounded.server.tlsPort());
            try (var reader = new RawClient(socket)) {
                reader.play(bounded.tlsUrl("drone"));
                for (int i = 1; bounded.stats("drone").droppedUnits() == 0; i++) {
                    stream.publish(clip.get(i % clip.size()).withPtsTicks90k((long) i * TestClip.FRAME_TICKS));
                    Eventually.holds("sent", () -> bounded.server.stats().queuedUnits() == 0);
                }
                long queued = bounded.stats("drone").readers().getFirst().queuedBytes();
                assertThat(queued).isPositive().isLessThan(1 << 20);
                var packets = bounded.stats("drone").readers().getFirst().sentPackets();
                for (int i = 0; i < packets; i++) {
                    reader.packet();
                }
            }
        }
    }

    private static void read(String url) throws IOException {
        try (var units = TcpUnits.live(RtspConfig.of("drone", url)).open()) {
            units.next();
        }
    }

    private static RawClient connect() throws IOException {
        return new RawClient(client.getSocketFactory().createSocket("127.0.0.1", relay.server.tlsPort()));
    }
}
