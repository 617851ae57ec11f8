package dev.aerie.ingest.rtmp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.auth.Credentials;
import dev.aerie.ingest.push.StreamPublishing;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.rtsp.ConnectionLimits;
import dev.aerie.ingest.rtsp.RecordedPublications;
import dev.aerie.ingest.rtsp.RtspAccess;
import dev.aerie.ingest.rtsp.RtspUsers;
import dev.aerie.ingest.rtsp.TestClip;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.limits.Guesses;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.testing.Eventually;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the server answers to publishers by hand, right and wrong ones.
final class RtmpServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ConnectionLimits LIMITS = new ConnectionLimits(8, 8);

    private final RecordedPublications publications = new RecordedPublications();
    private RtmpServer server = server(RtspAccess.open(), LIMITS, Duration.ofSeconds(10));

    private RtmpServer server(RtspAccess access, ConnectionLimits limits, Duration patience) {
        var config = new RtmpServerConfig(access, 1 << 20, limits, patience, patience);
        return new RtmpServer(List.of(RtmpDoor.plain("127.0.0.1", 0)), config, publications);
    }

    private int started() throws IOException {
        server.start();
        return server.ports().getFirst();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void publish_ofAClip_givesItsFramesAndItsEnd() throws Exception {
        var clip = TestClip.shortGroups();
        try (var client = RtmpTestClient.greeted(started())) {
            assertThat(client.publish("gate")).isEqualTo("NetStream.Publish.Start");
            client.send(RtmpMessage.VIDEO, 0, FlvWriter.configuration(clip.getFirst()));
            for (int i = 0; i < clip.size(); i++) {
                client.send(RtmpMessage.VIDEO, i * 33, FlvWriter.frame(clip.get(i), 0));
                client.send(RtmpMessage.AUDIO, i * 33, new byte[] {(byte) 0xaf, 1, 0});
            }
            client.command("deleteStream", new Amf0.Numeric(4), new Amf0.Nothing(), new Amf0.Numeric(1));
            var publication = publication("gate");
            Eventually.holds("its end", PATIENCE, () -> !publication.endedBy.isEmpty());
            assertThat(publication.units).hasSameSizeAs(clip);
            assertThat(publication.endedBy).isEqualTo("the publisher ended it");
            assertThat(server.audioMessages()).isEqualTo(clip.size());
            assertThat(server.isAlive()).isTrue();
        }
    }

    /// Through to the relay: each frame has its number, and its time of arrival.
    @Test
    void publish_toTheStreams_isRelayedFrameForFrame() throws Exception {
        var clip = TestClip.shortGroups();
        var limits = new StreamLimits(2, Duration.ofSeconds(3), Duration.ofSeconds(30), false);
        var streams = new Streams(new Relay(), limits, InstantSource.system(), System::nanoTime, new Random(1));
        useServer(new RtmpServer(
                List.of(RtmpDoor.plain("127.0.0.1", 0)),
                RtmpServerConfig.of(RtspAccess.open(), 1 << 20, LIMITS),
                new StreamPublishing(streams, "rtmp")));
        int port = started();
        try (var client = RtmpTestClient.greeted(port)) {
            client.publish("gate");
            client.send(RtmpMessage.VIDEO, 0, FlvWriter.configuration(clip.getFirst()));
            for (int i = 0; i < clip.size(); i++) {
                client.send(RtmpMessage.VIDEO, i * 33, FlvWriter.frame(clip.get(i), 0));
            }
            Eventually.holds("all frames", PATIENCE, () -> lastFrame(streams) == clip.size() - 1);
            assertThat(answer(port, "gate")).as("it has a publisher").isEqualTo("NetStream.Publish.BadName");
            assertThat(answer(port, "Not A Name")).isEqualTo("NetStream.Publish.BadName");
            var snapshot = streams.snapshots().getFirst();
            assertThat(snapshot.source()).isEqualTo("rtmp publisher 127.0.0.1");
            assertThat(snapshot.last().orElseThrow().clock()).isEqualTo(CaptureClock.ARRIVAL);
        } finally {
            streams.close();
        }
    }

    private static long lastFrame(Streams streams) {
        return streams.snapshots().stream()
                .flatMap(snapshot -> snapshot.last().stream())
                .mapToLong(stamp -> stamp.id().frameNumber())
                .max()
                .orElse(-1);
    }

    @Test
    void handshake_ofAnotherVersion_isClosed() throws Exception {
        try (var client = RtmpTestClient.open(started())) {
            client.write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            assertThat(client.untilClosed()).isEmpty();
        }
        Eventually.holds("counted", PATIENCE, () -> server.malformed() == 1 && server.connections() == 0);
    }

    @Test
    void ping_isAnsweredWithItsTime() throws Exception {
        try (var client = RtmpTestClient.greeted(started())) {
            client.send(
                    RtmpMessage.USER_CONTROL, Unpooled.buffer().writeShort(6).writeInt(77));
            var pong = client.next();
            assertThat(pong.type()).isEqualTo(RtmpMessage.USER_CONTROL);
            assertThat(pong.payload().getShort(0)).isEqualTo((short) 7);
            assertThat(pong.payload().getInt(2)).isEqualTo(77);
        }
    }

    @Test
    void connect_toAnotherApp_isRefusedInWords() throws Exception {
        try (var client = RtmpTestClient.greeted(started())) {
            client.connect("vod");
            assertThat(client.awaitCommand("_error")).isEqualTo("NetConnection.Connect.InvalidApp");
            assertThat(client.untilClosed()).isEmpty();
        }
    }

    @Test
    void publish_ofAStreamThatIsTaken_isRefused() throws Exception {
        try (var client = RtmpTestClient.greeted(started())) {
            assertThat(client.publish("taken")).isEqualTo("NetStream.Publish.BadName");
            assertThat(client.untilClosed()).isEmpty();
        }
    }

    @Test
    void publish_byUsersOfAFile_needsThePasswordOfTheStream(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("users"), "cam publish gate-* a secret\nana read gate-* other\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        useServer(server(
                RtspAccess.open().withUsers(new RtspUsers(file, System::nanoTime)), LIMITS, Duration.ofSeconds(10)));
        int port = started();
        assertThat(answer(port, "gate-1?user=cam&password=a%20secret")).isEqualTo("NetStream.Publish.Start");
        assertThat(answer(port, "gate-2?key=a%20secret")).isEqualTo("NetStream.Publish.Start");
        for (String wrong : List.of(
                "gate-1",
                "gate-1?user=cam&password=wrong",
                "gate-1?user=ana&password=other",
                "gate-1?key=other",
                "yard?user=cam&password=a%20secret")) {
            assertThat(answer(port, wrong)).as(wrong).isEqualTo("NetStream.Publish.Denied");
        }
        assertThat(publications.all).extracting(each -> each.stream).containsExactly("gate-1", "gate-2");
    }

    @Test
    void publish_afterTooManyGuesses_isNotLookedAt() throws Exception {
        var access = new RtspAccess(Optional.of(new Credentials("cam", "right")), Optional.empty());
        useServer(server(access, LIMITS, Duration.ofSeconds(10)));
        int port = started();
        for (int i = 0; i < Guesses.AT_ONCE + 3; i++) {
            assertThat(answer(port, "gate?key=wrong" + i)).isEqualTo("NetStream.Publish.Denied");
        }
        assertThat(answer(port, "gate?user=cam&password=right")).isEqualTo("NetStream.Publish.Denied");
        assertThat(publications.all).isEmpty();
    }

    @Test
    void message_largerThanACommandBeforePublish_isRefused() throws Exception {
        try (var client = RtmpTestClient.greeted(started())) {
            client.send(RtmpMessage.SET_CHUNK_SIZE, Unpooled.buffer().writeInt(1 << 20));
            client.send(RtmpMessage.VIDEO, 0, new byte[RtmpConnection.MAX_COMMAND_BYTES + 1]);
            assertThat(client.untilClosed()).isEmpty();
        }
    }

    @Test
    void video_thatIsMalformed_endsTheStreamWithTheCause() throws Exception {
        try (var client = RtmpTestClient.greeted(started())) {
            client.publish("gate");
            client.send(RtmpMessage.VIDEO, 0, new byte[] {0x12, 0, 0, 0, 0});
            client.untilClosed();
        }
        assertThat(publication("gate").endedBy).contains("codec 2");
    }

    @Test
    void client_thatPublishesNothing_isDropped() throws Exception {
        useServer(server(RtspAccess.open(), LIMITS, Duration.ofMillis(500)));
        try (var client = RtmpTestClient.open(started())) {
            assertThat(client.untilClosed()).isEmpty();
        }
    }

    @Test
    void publisher_thatIsSilent_isEnded() throws Exception {
        useServer(server(RtspAccess.open(), LIMITS, Duration.ofMillis(500)));
        try (var client = RtmpTestClient.greeted(started())) {
            client.publish("gate");
            client.untilClosed();
        }
        assertThat(publication("gate").endedBy).startsWith("silent for 500 ms");
    }

    @Test
    void connections_beyondTheirPlaces_areClosed() throws Exception {
        useServer(server(RtspAccess.open(), new ConnectionLimits(8, 1), Duration.ofSeconds(10)));
        int port = started();
        try (var first = RtmpTestClient.greeted(port);
                var second = RtmpTestClient.open(port)) {
            assertThat(second.untilClosed()).isEmpty();
            assertThat(first.publish("gate")).isEqualTo("NetStream.Publish.Start");
        }
    }

    private void useServer(RtmpServer other) {
        server.close();
        server = other;
    }

    private static String answer(int port, String key) throws IOException {
        try (var client = RtmpTestClient.greeted(port)) {
            return client.publish(key);
        }
    }

    private RecordedPublications.Recorded publication(String stream) {
        return publications.all.stream()
                .filter(each -> each.stream.equals(stream))
                .findFirst()
                .orElseThrow();
    }
}
