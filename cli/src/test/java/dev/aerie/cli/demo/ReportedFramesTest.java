package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.Timing;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedFramesTest {

    private static final String SESSION = "01K9Z8Q3T5V7X9Z1B3D5F7H9JK";

    private final ReportedFrames frames = new ReportedFrames();

    @Test
    void impossible_resultsOfAnAnnouncedSessionWithinItsFrames_areNone() {
        frames.event(started(SESSION));
        frames.result(result(SESSION, 0));
        frames.result(result(SESSION, 99));

        assertThat(frames.impossible(100)).isZero();
    }

    @Test
    void impossible_numberThatTheIngestNeverGave_countsItsSession() {
        frames.event(started(SESSION));
        frames.result(result(SESSION, 7));
        frames.result(result(SESSION, 100));

        assertThat(frames.impossible(100)).isEqualTo(2);
    }

    @Test
    void impossible_sessionThatNobodyAnnounced_countsItsResults() {
        frames.event(started(SESSION));
        frames.result(result("local-1", 3));

        assertThat(frames.impossible(100)).isEqualTo(1);
    }

    @Test
    void impossible_resultBeforeItsEvent_isPossibleOnceAnnounced() {
        frames.result(result(SESSION, 3));
        frames.event(started(SESSION));

        assertThat(frames.impossible(100)).isZero();
    }

    private static StreamEvent started(String session) {
        return new StreamEvent(envelope(session, 0), StreamEvent.Kind.STARTED, 1280, 720, "h264", 30.0, "/drone", null);
    }

    private static FrameResult result(String session, long number) {
        return new FrameResult(envelope(session, number), 1280, 720, "bytetrack", new Timing(1, 0, 5, 6), List.of());
    }

    private static Envelope envelope(String session, long number) {
        return Envelope.ofFrame(
                new FrameId("drone", session, number),
                1_000_000_000L,
                CaptureClock.ARRIVAL,
                Instant.EPOCH,
                new Producer("test", "t-1", null));
    }
}
