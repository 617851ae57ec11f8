package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class NetworkPublisherTest {

    private static final int UNITS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void send_frames_arriveWholeAfterTheyWereAnnounced() throws Exception {
        List<AccessUnit> units = BarStream.encode(BarStream.SIZE, UNITS);
        try (var server = new TinyRtspRecorder("200 OK")) {
            try (var publisher = NetworkPublisher.open(server.url(), BarStream.SIZE, units.getFirst())) {
                for (AccessUnit unit : units) {
                    publisher.send(unit);
                }
                Eventually.holds("all frames", LIMIT, () -> server.frames() == UNITS);
            }
            Eventually.holds("goodbye", LIMIT, () -> server.requests().getLast().startsWith("TEARDOWN"));
            assertThat(server.requests())
                    .anyMatch(request -> request.startsWith("ANNOUNCE")
                            && request.contains("/drone/overlay")
                            && request.contains("H264/90000")
                            && request.contains("sprop-parameter-sets="))
                    .anyMatch(request -> request.startsWith("RECORD"));
        }
    }

    @Test
    void open_refused_isAnError() throws Exception {
        var first = BarStream.encode(BarStream.SIZE, 1).getFirst();
        try (var server = new TinyRtspRecorder("403 Forbidden")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> NetworkPublisher.open(server.url(), BarStream.SIZE, first)
                            .close());
        }
    }

    @Test
    void open_silentServer_timesOut() throws Exception {
        var first = BarStream.encode(BarStream.SIZE, 1).getFirst();
        try (var server = new TinyRtspRecorder("")) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> NetworkPublisher.open(server.url(), BarStream.SIZE, first)
                            .close());
        }
    }
}
