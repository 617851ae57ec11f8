package dev.aerie.ingest.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayReader;
import dev.aerie.ingest.stream.StreamState;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.testing.SocketClient;
import dev.aerie.ingest.testing.TestVideo;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class VideoSocketTest {

    private static final List<AccessUnit> UNITS = TestVideo.units(30, 10);

    @TestHTTPResource("/")
    URI server;

    @Inject
    Relay relay;

    @Inject
    Streams streams;

    @Test
    void chunk_cutAnywhere_everyFrameIsStampedInOrder() {
        try (var client = connect("/ws/video/cut")) {
            byte[] video = TestVideo.annexB(UNITS);
            for (int at = 0; at < video.length; at += 97) {
                client.send(Arrays.copyOfRange(video, at, Math.min(video.length, at + 97)));
            }
            Eventually.holds("29 frames", () -> frames("cut") == 29);
            var group = relay.find("cut").orElseThrow().cachedGroup();
            assertThat(group)
                    .extracting(unit -> unit.stamp().orElseThrow().id().frameNumber())
                    .containsExactly(20L, 21L, 22L, 23L, 24L, 25L, 26L, 27L, 28L);
            assertThat(group).allMatch(unit -> unit.stamp().orElseThrow().clock() == CaptureClock.ARRIVAL);
            assertThat(group).extracting(AccessUnit::ptsTicks90k).isSorted().doesNotHaveDuplicates();
        }
        Eventually.holds("ended", () -> state("cut") == StreamState.ENDED);
        assertThat(relay.find("cut")).isEmpty();
    }

    @Test
    void wholeUnits_withFrameTimes_areRelayedAtOnceWithTheSendersTime() {
        var heard = new CopyOnWriteArrayList<AccessUnit>();
        try (var client = connect("/ws/video")) {
            client.send("{\"type\":\"video_config\",\"codec\":\"h264\",\"framing\":\"access_units\"}");
            long start = streams.unixNanos() - Duration.ofHours(5).toNanos();
            for (int frame = 0; frame < UNITS.size(); frame++) {
                long captured = start + frame * 33_000_000L;
                client.send("{\"type\":\"frame_time\",\"capture_time_ns\":%d,\"sent_time_ns\":%d}"
                        .formatted(captured, captured + 1_000_000));
                client.send(UNITS.get(frame).annexB());
                if (frame == 0) {
                    Eventually.holds("relayed", () -> relay.find("drone").isPresent());
                    relay.find("drone").orElseThrow().subscribe(reader(heard));
                }
            }
            Eventually.holds("all 30 without a following one", () -> heard.size() == 30);
        }
        assertThat(heard).allMatch(unit -> unit.stamp().orElseThrow().clock() == CaptureClock.SENDER);
        long first = heard.get(0).stamp().orElseThrow().captureTimeNanos();
        assertThat(Math.abs(first - streams.unixNanos())).isLessThan(20_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"codec\":\"h265\""})
    void h265_announcedOrNot_isStampedAndDescribed(String codec) {
        var units = TestVideo.h265Units();
        String stream = codec.isEmpty() ? "hevc" : "hevc-announced";
        try (var client = connect("/ws/video/" + stream)) {
            client.send("{\"type\":\"video_config\",\"framing\":\"access_units\"" + codec + "}");
            units.forEach(unit -> client.send(unit.annexB()));
            Eventually.holds("all frames", () -> frames(stream) == units.size());
            var format = streams.find(stream).orElseThrow().snapshot().format().orElseThrow();
            assertThat(format.videoCodec()).isEqualTo(VideoCodec.H265);
            assertThat(format.codec()).isEqualTo("hvc1.1.6.L30.90");
            assertThat(format.size()).isEqualTo(new FrameSize(96, 80));
            assertThat(relay.find(stream).orElseThrow().cachedGroup())
                    .extracting(unit -> unit.stamp().orElseThrow().id().frameNumber())
                    .containsExactly(10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L);
        }
    }

    @Test
    void h265_announcedAsH264_isRefusedWithTheReason() {
        try (var client = connect("/ws/video/mislabelled")) {
            client.send("{\"type\":\"video_config\",\"codec\":\"h264\"}");
            client.send(TestVideo.annexB(TestVideo.h265Units()));
            assertThat(client.closed().code()).isEqualTo(1003);
            assertThat(client.closed().reason()).isEqualTo("this is H.265, expected H.264 in Annex-B form");
        }
    }

    @Test
    void text_thatIsNoMessage_isAnsweredAndTheVideoGoesOn() {
        try (var client = connect("/ws/video/texts")) {
            client.send("{not json");
            assertThat(client.nextText()).contains("\"type\":\"problem\"", "a JSON object");
            client.send("{\"type\":\"frame_tyme\"}");
            assertThat(client.nextText()).contains("\"field\":\"type\"", "video_config or frame_time");
            client.send("{\"type\":\"video_config\",\"codec\":\"vp8\"}");
            assertThat(client.nextText()).contains("\"field\":\"codec\"", "\"expected\":\"h264 or h265\"");
            client.send("{\"type\":\"frame_time\",\"capture_time_ns\":\"soon\"}");
            assertThat(client.nextText()).contains("\"field\":\"capture_time_ns\"");
            client.send(TestVideo.annexB(UNITS));
            Eventually.holds("video", () -> frames("texts") == 29);
        }
    }

    @Test
    void chunk_thatIsNoVideo_isRefusedWithTheReason() {
        try (var client = connect("/ws/video/jpeg")) {
            var jpeg = new byte[4096];
            jpeg[0] = (byte) 0xff;
            jpeg[1] = (byte) 0xd8;
            jpeg[2] = (byte) 0xff;
            client.send(jpeg);
            assertThat(client.closed().code()).isEqualTo(1003);
            assertThat(client.closed().reason()).contains("JPEG", "expected H.264");
        }
    }

    @Test
    void chunk_tooLarge_isRefusedWithTheLimit() {
        try (var client = connect("/ws/video/large")) {
            client.send(new byte[(4 << 20) + 1]);
            assertThat(client.closed().code()).isEqualTo(1009);
            assertThat(client.closed().reason()).contains("4194304");
        }
    }

    @Test
    void open_streamOfALivePublisher_isRefusedAndTheFirstKeepsIt() {
        try (var first = connect("/ws/video/owned")) {
            first.send(TestVideo.annexB(UNITS));
            Eventually.holds("live", () -> frames("owned") == 29);
            try (var second = connect("/ws/video/owned")) {
                assertThat(second.closed().code()).isEqualTo(1008);
                assertThat(second.closed().reason()).contains("published already");
            }
            assertThat(state("owned")).isEqualTo(StreamState.LIVE);
            assertThat(first.isOpen()).isTrue();
        }
    }

    @Test
    void open_nameThatCannotBeOne_isRefused() {
        try (var client = connect("/ws/video/No_Capitals")) {
            assertThat(client.closed().reason()).contains("stream must match");
        }
    }

    private SocketClient connect(String path) {
        return new SocketClient(SocketClient.uri(server.getPort(), path));
    }

    private long frames(String stream) {
        return streams.find(stream)
                .map(held -> held.snapshot().totals().frames())
                .orElse(0L);
    }

    private StreamState state(String stream) {
        return streams.find(stream).orElseThrow().state();
    }

    private static RelayReader reader(List<AccessUnit> heard) {
        return new RelayReader() {
            @Override
            public void accept(AccessUnit unit) {
                heard.add(unit);
            }

            @Override
            public void ended() {}
        };
    }
}
