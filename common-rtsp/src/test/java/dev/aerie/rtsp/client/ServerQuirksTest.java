package dev.aerie.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.auth.Credentials;
import dev.aerie.auth.DigestAuth;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.ffmpeg.BarStream;
import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.NalUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Deviations of cameras and servers from RFC 2326 that FFmpeg's client tolerates, and ours does too.
@Timeout(60)
final class ServerQuirksTest {

    private static final int UNITS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<AccessUnit> sent;
    private String sessionControl = "";
    private String control = "trackID=0";
    private String contentBase = "";
    private String transport = "RTP/AVP/TCP;unicast;interleaved=0-1";
    private String session = "17;timeout=60";
    private int rtpChannel;
    private long timeJump;

    ServerQuirksTest() throws IOException {
        sent = BarStream.stamped(BarStream.encode(BarStream.SIZE, UNITS));
    }

    @Test
    void noContentBase_tracksAreBehindTheUrlThatWasAskedFor() throws Exception {
        try (var camera = new ScriptedCamera(this::answer)) {
            assertAllUnits(camera.url());
            assertThat(camera.uriOf("SETUP")).isEqualTo(camera.url() + "/trackID=0");
            assertThat(camera.uriOf("PLAY")).isEqualTo(camera.url());
        }
    }

    @Test
    void noContentBase_urlWithAQuery_tracksAreBehindTheQuery() throws Exception {
        try (var camera = new ScriptedCamera(this::answer)) {
            assertAllUnits(camera.url() + "?channel=1&subtype=0");
            assertThat(camera.uriOf("SETUP")).isEqualTo(camera.url() + "?channel=1&subtype=0/trackID=0");
        }
    }

    /// Absolute addresses inside a camera behind NAT name hosts and ports that only it knows: they are sent back as
    /// they are, on the connection that exists.
    @ParameterizedTest
    @CsvSource({
        "trackID=0,rtsp://10.0.0.7:554/live/,rtsp://10.0.0.7:554/live/trackID=0",
        "/trackID=0,rtsp://10.0.0.7:554/live,rtsp://10.0.0.7:554/live/trackID=0",
        "?track=0,rtsp://10.0.0.7/live,rtsp://10.0.0.7/live?track=0",
        "rtsp://10.0.0.7:9999/live/track1,rtsp://10.0.0.7:554/live/,rtsp://10.0.0.7:9999/live/track1",
        "*,rtsp://10.0.0.7:554/live/,rtsp://10.0.0.7:554/live/",
        "trackID=0,/live/,",
    })
    void controlAttribute_isResolved(String control, String contentBase, String expected) throws Exception {
        this.control = control;
        this.contentBase = contentBase;
        try (var camera = new ScriptedCamera(this::answer)) {
            assertAllUnits(camera.url());
            assertThat(camera.uriOf("SETUP")).isEqualTo(expected == null ? camera.url() + "/trackID=0" : expected);
        }
    }

    @Test
    void aggregateControl_isWherePlayGoes() throws Exception {
        sessionControl = "rtsp://10.0.0.7/aggregate";
        try (var camera = new ScriptedCamera(this::answer)) {
            assertAllUnits(camera.url());
            assertThat(camera.uriOf("PLAY")).isEqualTo("rtsp://10.0.0.7/aggregate");
            assertThat(camera.uriOf("SETUP")).isEqualTo(camera.url() + "/trackID=0");
        }
    }

    @Test
    void aggregateControlNotAllowed_playGoesToTheTrack() throws Exception {
        try (var camera = new ScriptedCamera((request, client) -> {
            if (request.method().equals("PLAY") && !request.uri().endsWith("trackID=0")) {
                client.respond(request, 459, "");
            } else {
                answer(request, client);
            }
        })) {
            assertAllUnits(camera.url());
            assertThat(camera.uriOf("PLAY")).isEqualTo(camera.url() + "/trackID=0");
        }
    }

    @Test
    void otherChannelsThanAskedFor_areTaken() throws Exception {
        transport = "RTP/AVP/TCP;interleaved=4-5;ssrc=1";
        rtpChannel = 4;
        try (var camera = new ScriptedCamera(this::answer)) {
            assertAllUnits(camera.url());
        }
    }

    @Test
    void transportWithoutChannels_areThoseAskedFor() throws Exception {
        transport = "RTP/AVP/TCP;unicast";
        try (var camera = new ScriptedCamera(this::answer)) {
            assertAllUnits(camera.url());
        }
    }

    @Test
    void noSenderReports_leaveTheCaptureTimeEmpty() throws Exception {
        try (var camera = new ScriptedCamera(this::answer);
                var source = open(camera.url())) {
            assertThat(source.captureTimeNanos(source.next().ptsTicks90k())).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"-900000", "900000", "2000000000", "-5"})
    void timestampsThatJump_neitherEndNorBreakTheStream(long jump) throws Exception {
        timeJump = jump;
        try (var camera = new ScriptedCamera(this::answer);
                var source = open(camera.url())) {
            long first = source.next().ptsTicks90k();
            var second = source.next();
            var third = source.next();
            assertThat(second.stamp()).contains(BarStream.stamp(1));
            assertThat(third.ptsTicks90k() - second.ptsTicks90k()).isEqualTo(BarStream.TICKS_PER_FRAME);
            assertThat(second.ptsTicks90k() - first).isEqualTo(BarStream.TICKS_PER_FRAME + jump);
        }
    }

    /// Noise, text, a truncated packet: what is between two packets and belongs to none is skipped.
    @Test
    void garbageBetweenPackets_isSkipped() throws Exception {
        var noise = new byte[3_000];
        new Random(4).nextBytes(noise);
        noise[0] = 1; // no packet begins here
        try (var camera = new ScriptedCamera((request, client) -> {
            if (request.method().equals("PLAY")) {
                client.respond(request, 200, "", "Session", session);
                sendUnit(client, 0);
                client.raw(noise);
                sendUnit(client, 1);
                client.raw("\r\n\r\nDEBUG: bitrate=2.5\r\n".getBytes(StandardCharsets.US_ASCII));
                client.raw(new byte[64]);
                sendUnit(client, 2);
            } else {
                answer(request, client);
            }
        })) {
            assertAllUnits(camera.url());
        }
    }

    /// Of another track, of RTCP that breaks its rules, too short, of another payload type.
    @Test
    void packetsThatAreNotOurs_areIgnored() throws Exception {
        try (var camera = new ScriptedCamera((request, client) -> {
            if (request.method().equals("PLAY")) {
                client.packet(0, new byte[] {1, 2, 3});
                client.respond(request, 200, "", "Session", session);
                for (int i = 0; i < UNITS; i++) {
                    client.packet(2, new byte[40]);
                    client.packet(1, new byte[] {(byte) 0x80, (byte) 200, 0, 99});
                    client.packet(0, new byte[0]);
                    client.packet(0, rtp(new byte[] {1, 2, 3}, 0, 0, 97, false));
                    sendUnit(client, i);
                }
            } else {
                answer(request, client);
            }
        })) {
            assertAllUnits(camera.url());
        }
    }

    @Test
    void nonceThatExpiresDuringSetUp_isReplaced() throws Exception {
        try (var camera = new ScriptedCamera((request, client) -> {
            if (isMadeWith(request, request.method().equals("DESCRIBE") ? "first" : "second")) {
                answer(request, client);
            } else {
                challenge(request, client, request.method().equals("DESCRIBE") ? "first" : "second");
            }
        })) {
            assertAllUnits(camera.url().replace("127.0.0.1", "admin:pass@127.0.0.1"));
        }
    }

    @Test
    void nonceThatExpiresInMidSession_isReplacedAtTheNextKeepAlive() throws Exception {
        session = "17; timeout=2";
        var renewed = new CountDownLatch(1);
        try (var camera = new ScriptedCamera((request, client) -> {
            if (!request.method().equals("OPTIONS")) {
                answer(request, client);
            } else if (isMadeWith(request, "second")) {
                client.respond(request, 200, "", "Session", session);
                renewed.countDown();
            } else {
                challenge(request, client, "second");
            }
            if (request.method().equals("PLAY")) {
                Thread.ofPlatform().daemon().start(() -> sendUntil(renewed, client));
            }
        })) {
            var location = camera.url().replace("127.0.0.1", "admin:pass@127.0.0.1");
            try (var source = open(location)) {
                for (int i = 0; i < UNITS; i++) {
                    assertThat(source.next().stamp()).contains(BarStream.stamp(i));
                }
                Thread.ofPlatform().daemon().start(() -> {
                    try {
                        source.next();
                    } catch (IOException _) {
                        // closed at the end
                    }
                });
                renewed.await();
            }
        }
    }

    private void answer(RtspMessage.Request request, ScriptedCamera.Client client) throws IOException {
        switch (request.method()) {
            case "DESCRIBE" -> {
                String sdp = "v=0\r\n" + (sessionControl.isEmpty() ? "" : "a=control:" + sessionControl + "\r\n")
                        + "m=audio 0 RTP/AVP 0\r\na=control:sound\r\n"
                        + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 h264/90000\r\na=control:" + control + "\r\n";
                if (contentBase.isEmpty()) {
                    client.respond(request, 200, sdp);
                } else {
                    client.respond(request, 200, sdp, "Content-Base", contentBase);
                }
            }
            case "SETUP" -> client.respond(request, 200, "", "Session", session, "Transport", transport);
            case "PLAY" -> {
                client.respond(request, 200, "", "Session", session);
                for (int i = 0; i < UNITS; i++) {
                    sendUnit(client, i);
                }
            }
            default -> client.respond(request, 200, "");
        }
    }

    /// Packets of another track: the client looks at its clock when something arrives.
    private static void sendUntil(CountDownLatch end, ScriptedCamera.Client client) {
        try {
            while (!end.await(50, TimeUnit.MILLISECONDS)) {
                client.packet(2, new byte[40]);
            }
        } catch (IOException | InterruptedException _) {
            // the test has ended
        }
    }

    private void sendUnit(ScriptedCamera.Client client, int index) throws IOException {
        var unit = sent.get(index);
        var aggregate = new ByteArrayOutputStream();
        aggregate.write(24);
        for (NalUnit nal : unit.nalUnits()) {
            var bytes = new byte[nal.sizeBytes()];
            nal.bytes().get(bytes);
            aggregate.write(bytes.length >> 8);
            aggregate.write(bytes.length);
            aggregate.writeBytes(bytes);
        }
        int time = (int) (unit.ptsTicks90k() + (index > 0 ? timeJump : 0));
        client.packet(rtpChannel, rtp(aggregate.toByteArray(), index, time, 96, true));
    }

    private static byte[] rtp(byte[] payload, int sequence, int time, int payloadType, boolean marker) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) (payloadType | (marker ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt(time)
                .putInt(1)
                .put(payload)
                .array();
    }

    private static void challenge(RtspMessage.Request request, ScriptedCamera.Client client, String nonce)
            throws IOException {
        client.respond(request, 401, "", "WWW-Authenticate", "Digest realm=\"cam\", nonce=\"" + nonce + "\"");
    }

    private static boolean isMadeWith(RtspMessage.Request request, String nonce) {
        var digest = DigestAuth.parse(request.header("Authorization").orElse(""));
        return digest.get("nonce").equals(nonce)
                && digest.isMadeWith(request.method(), new Credentials("admin", "pass"));
    }

    private void assertAllUnits(String url) throws IOException {
        try (var source = open(url)) {
            for (AccessUnit unit : sent) {
                assertThat(source.next().annexB()).isEqualTo(unit.annexB());
            }
        }
    }

    @MustBeClosed
    private static TcpUnitSource open(String url) throws IOException {
        return TcpUnits.live(RtspConfig.of("drone", url).withTimeouts(TIMEOUT, TIMEOUT))
                .open();
    }
}
