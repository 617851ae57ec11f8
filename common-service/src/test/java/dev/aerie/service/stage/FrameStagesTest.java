package dev.aerie.service.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.trace.FrameSampling;
import dev.aerie.trace.FrameTrace;
import dev.aerie.video.FrameStamp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FrameStagesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long CAPTURED_NANOS = (NOW.getEpochSecond() * 1000 - 40) * 1_000_000;
    private static final FrameId FRAME = new FrameId("drone", "01K9JXW7Z3T4V5W6X7Y8Z9ABCD", 1042);
    private static final Producer INGEST = Producer.of("ingest-server", "ingest-1");
    private static final Producer PROCESSOR = Producer.of("frame-processor", "fp-1");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void ended_liveFrame_measuresItsAge() {
        stages(FrameTracer.of(Map.of(), PROCESSOR), Stage.INFER)
                .ended(Stage.INFER, stamp(CaptureClock.SENDER), 0, System.nanoTime());

        var age = registry.get("aerie.frame.age").tag("stage", "infer").timer();
        assertThat(age.count()).isEqualTo(1);
        assertThat(age.totalTime(TimeUnit.MILLISECONDS)).isBetween(0.0, 40.0);
    }

    @Test
    void ended_replayedFrame_isLeftOut() {
        stages(FrameTracer.of(Map.of(), PROCESSOR), Stage.INFER)
                .ended(Stage.INFER, stamp(CaptureClock.REPLAY), 0, System.nanoTime());

        assertThat(registry.get("aerie.frame.age").timer().count()).isZero();
    }

    @Test
    void ended_inTwoServices_spansShareATrace() throws IOException {
        var received = new CopyOnWriteArrayList<byte[]>();
        var collector = collector(received);
        try {
            var environment = Map.of(
                    FrameSampling.ENDPOINT,
                    "http://127.0.0.1:" + collector.getAddress().getPort(),
                    FrameSampling.SHARE,
                    "1");
            try (var ingest = FrameTracer.of(environment, INGEST);
                    var processor = FrameTracer.of(environment, PROCESSOR)) {
                stages(ingest, Stage.RELAY).ended(Stage.RELAY, stamp(CaptureClock.SENDER), 0, 1_000_000);
                stages(processor, Stage.INFER).ended(Stage.INFER, stamp(CaptureClock.SENDER), 0, 1_000_000);
            }
        } finally {
            collector.stop(0);
        }

        var trace = FrameTrace.of(FRAME);
        assertThat(received)
                .hasSize(2)
                .allSatisfy(
                        body -> assertThat(hex(body)).contains(trace.traceId()).contains(trace.rootSpanId()));
        assertThat(received).anyMatch(body -> names(body, "ingest-server", "frame", "relay"));
        assertThat(received).anyMatch(body -> names(body, "frame-processor", "infer", "fp-1"));
    }

    @Test
    void close_collectorAway_ends() {
        var environment = Map.of(FrameSampling.ENDPOINT, "http://127.0.0.1:1", FrameSampling.SHARE, "1");

        try (var tracer = FrameTracer.of(environment, PROCESSOR)) {
            stages(tracer, Stage.INFER).ended(Stage.INFER, stamp(CaptureClock.SENDER), 0, 1);
        }

        assertThat(registry.get("aerie.frame.age").timer().count()).isEqualTo(1);
    }

    private FrameStages stages(FrameTracer tracer, Stage stage) {
        return new FrameStages(registry, InstantSource.fixed(NOW), tracer, stage);
    }

    private static FrameStamp stamp(CaptureClock clock) {
        return new FrameStamp(FRAME, CAPTURED_NANOS, clock);
    }

    /// Takes OTLP over HTTP, and answers that all is well.
    private static HttpServer collector(List<byte[]> received) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            received.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static boolean names(byte[] body, String... texts) {
        return List.of(texts).stream().allMatch(text -> hex(body).contains(hex(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
