package dev.aerie.ingest.gortc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.ingest.stream.StreamChange;
import dev.aerie.ingest.stream.VideoFormat;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.FakeGo2rtc;
import dev.aerie.rtsp.gortc.Go2rtc;
import dev.aerie.threads.ThreadFailures;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class Go2rtcTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void add_severalSources_goIntoTheQuery() throws Exception {
        try (var fake = new FakeGo2rtc();
                var go2rtc = new Go2rtc(fake.uri())) {
            go2rtc.add("cam 1", List.of("rtsp://a:b@host/x?y=1&z", "rtsp://other/"));
            assertThat(fake.streams).containsEntry("cam 1", List.of("rtsp://a:b@host/x?y=1&z", "rtsp://other/"));
            var listed = go2rtc.list().get("cam 1");
            assertThat(listed.producerUrls()).containsExactly("rtsp://a:b@host/x?y=1&z", "rtsp://other/");
            assertThat(listed.ready()).isFalse();
            assertThat(listed.consumers()).isZero();
        }
    }

    @Test
    void find_unknown_isEmptyAndRemove_unknown_isFine() throws Exception {
        try (var fake = new FakeGo2rtc();
                var go2rtc = new Go2rtc(fake.uri())) {
            assertThat(go2rtc.find("nobody")).isEmpty();
            go2rtc.remove("nobody");
            go2rtc.add("cam", List.of("rtsp://x/"));
            go2rtc.remove("cam");
            assertThat(go2rtc.list()).isEmpty();
        }
    }

    @Test
    void awaitReady_producerListedButIdle_waitsUntilItHasMedias() throws Exception {
        try (var fake = new FakeGo2rtc();
                var go2rtc = new Go2rtc(fake.uri())) {
            fake.probesUntilConnected = 3;
            go2rtc.add("cam", List.of("rtsp://x/"));
            assertThat(go2rtc.awaitReady("cam", SOON)).isTrue();
            assertThat(fake.requests.stream().filter(each -> each.contains("video")))
                    .hasSize(3);
            fake.probesUntilConnected = Integer.MAX_VALUE;
            assertThat(go2rtc.awaitReady("cam", Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void anything_whenNobodyAnswers_isATransientFailure() throws Exception {
        try (var go2rtc = new Go2rtc(URI.create("http://127.0.0.1:1/"))) {
            assertThat(go2rtc.isHealthy()).isFalse();
            assertThatExceptionOfType(IOException.class).isThrownBy(go2rtc::list);
        }
    }

    @Test
    void relay_registersPublishedStreams_againAfterARestart_andRemovesThem() throws Exception {
        try (var fake = new FakeGo2rtc();
                var relay = new Go2rtcRelay(new Go2rtc(fake.uri()), stream -> "rtsp://127.0.0.1:8554/" + stream)) {
            fake.streams.put("foreign", List.of("rtsp://elsewhere/"));
            relay.start();
            relay.heard(new StreamChange.Started(stamp("drone"), format(), "test"));
            Eventually.holds("offered", () -> relay.ready().contains("drone"));
            assertThat(fake.streams).containsEntry("drone", List.of("rtsp://127.0.0.1:8554/drone"));

            fake.streams.clear();
            fake.streams.put("foreign", List.of("rtsp://elsewhere/"));
            Eventually.holds("offered again", () -> fake.streams.containsKey("drone"));

            relay.heard(new StreamChange.Ended(stamp("drone"), format(), "test", "gone"));
            Eventually.holds("taken back", () -> !fake.streams.containsKey("drone"));
            assertThat(fake.streams).containsKey("foreign");
            assertThat(relay.isHealthy()).isTrue();
        }
    }

    @Test
    void relay_faultWhileItAdjusts_isTriedAgain() throws Exception {
        var calls = new AtomicInteger();
        try (var fake = new FakeGo2rtc();
                var relay = new Go2rtcRelay(new Go2rtc(fake.uri()), stream -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("broken on purpose");
                    }
                    return "rtsp://127.0.0.1:8554/" + stream;
                })) {
            relay.heard(new StreamChange.Started(stamp("drone"), format(), "test"));
            relay.start();
            Eventually.holds("offered", () -> relay.ready().contains("drone"));
            Eventually.holds("healthy", relay::isHealthy);
            assertThat(ThreadFailures.counts().get("go2rtc")).isPositive();
        }
    }

    private static FrameStamp stamp(String stream) {
        return new FrameStamp(new FrameId(stream, "01M7YZHNRTWVKFNNBBPA3QSW6Z", 0), 1, CaptureClock.ARRIVAL);
    }

    private static VideoFormat format() {
        return new VideoFormat(VideoCodec.H264, "avc1.42c01e", new FrameSize(64, 64), OptionalDouble.empty());
    }
}
