package dev.aerie.ingest.gortc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.source.SourceInput;
import dev.aerie.ingest.source.SourceSpec;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.FakeGo2rtc;
import dev.aerie.rtsp.gortc.Go2rtcAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class Go2rtcCamerasTest {

    private static final Duration OFTEN = Duration.ofMillis(20);

    private final Streams streams = new Streams(
            new Relay(),
            new StreamLimits(16, Duration.ofSeconds(3), Duration.ofSeconds(30), false),
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.of("L64X128MixRandom"));
    private final Map<String, SourceSpec> opened = new ConcurrentHashMap<>();
    private final Sources sources = new Sources(this::open, streams, 16);

    @AfterEach
    void close() {
        sources.close();
        streams.close();
    }

    @Test
    void start_camerasOfGo2rtc_arePulledFromItsRtspServerUntilItListsThemNoMore() throws Exception {
        try (var fake = new FakeGo2rtc();
                var cameras = new Go2rtcCameras(new Go2rtcAddress(fake.uri(), Optional.empty()), sources, OFTEN)) {
            fake.rtspListen = ":8654";
            fake.streams.put("gate", List.of("rtsp://192.168.1.100/stream1"));
            cameras.start();
            Eventually.holds("pulled", () -> opened.containsKey("gate"));
            assertThat(opened.get("gate").describe()).isEqualTo("rtsp://127.0.0.1:8654/gate");

            fake.streams.put("yard", List.of("rtsp://192.168.1.101/stream1"));
            Eventually.holds("a new one too", () -> opened.containsKey("yard"));

            fake.streams.remove("gate");
            Eventually.holds("the other is gone", () -> sources.names().equals(List.of("yard")));
        }
    }

    @Test
    void start_namesOfNoStreamAndOfOtherSources_areLeftOut() throws Exception {
        var own = new SourceSpec.TestPattern(64, 64, 30);
        sources.put("drone", own);
        try (var fake = new FakeGo2rtc();
                var cameras = new Go2rtcCameras(
                        new Go2rtcAddress(fake.uri(), Optional.of("rtsp://u:p@relay:8554/")), sources, OFTEN)) {
            fake.streams.put("Front Gate", List.of("rtsp://a/"));
            fake.streams.put("drone", List.of("rtsp://b/"));
            fake.streams.put("yard", List.of("rtsp://c/"));
            cameras.start();
            Eventually.holds("pulled", () -> opened.containsKey("yard"));

            assertThat(sources.names()).containsExactly("drone", "yard");
            assertThat(opened.get("drone")).isEqualTo(own);
            assertThat(opened.get("yard"))
                    .isEqualTo(new SourceSpec.RtspPull(List.of("rtsp://u:p@relay:8554/yard"), null));

            fake.streams.remove("drone");
            fake.streams.remove("yard");
            Eventually.holds(
                    "ours is gone, the other stays", () -> sources.names().equals(List.of("drone")));
        }
    }

    private SourceInput open(String stream, SourceSpec spec, long attempt) throws IOException {
        opened.put(stream, spec);
        throw new IOException("no camera there");
    }
}
