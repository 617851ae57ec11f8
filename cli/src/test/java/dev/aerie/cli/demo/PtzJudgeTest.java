package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.PtzEvent;
import dev.aerie.simulator.ptz.PtzTruth;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PtzJudgeTest {

    private static final FrameSize SIZE = new FrameSize(640, 360);
    private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
    private static final long BEGIN_NANOS = BEGIN.getEpochSecond() * 1_000_000_000L;

    private final PtzJudge judge = new PtzJudge();

    @TempDir
    Path folder;

    @Test
    void judge_targetLeavesTheMiddleHalfWay_holdsHalf() throws IOException {
        judge.event(chosen());
        var lines = new ArrayList<String>();
        for (int i = 0; i < 120; i++) {
            double x = i < 70 ? 300 : 500;
            lines.add(truth(i, new VisibleBody(4, "person", new Box(x, 140, 40, 80), 1), far())
                    .toJson());
        }

        var report = judge.judge(Files.write(folder.resolve("truth.jsonl"), lines));

        assertThat(report.targets()).isEqualTo(1);
        assertThat(report.judgedFrames()).isEqualTo(100);
        assertThat(report.holdPercent()).isEqualTo(50);
        assertThat(report.commands()).isEqualTo(119);
        assertThat(report.idle()).isEmpty();
    }

    @Test
    void judge_nothingHappened_saysWhatIsMissing() throws IOException {
        var report = judge.judge(folder.resolve("none.jsonl"));

        assertThat(report.holdPercent()).isNull();
        assertThat(report.idle()).hasSize(2);
    }

    private static VisibleBody far() {
        return new VisibleBody(5, "person", new Box(20, 140, 40, 80), 1);
    }

    /// Ten frames a second; one command with each.
    private static PtzTruth truth(int frame, VisibleBody... bodies) {
        long at = BEGIN_NANOS + frame * 100_000_000L;
        return new PtzTruth("ptz-1", 0, 0, 1, frame, FrameTruth.of(at, SIZE, List.of(bodies)));
    }

    private static PtzEvent chosen() {
        var id = new FrameId("ptz-1", "01ARZ3NDEKTSV4RRFFQ69G5FAV", 0);
        var envelope =
                Envelope.ofFrame(id, BEGIN_NANOS, CaptureClock.SENDER, BEGIN, new Producer("ptz-service", "test", "1"));
        return PtzEvent.draft(envelope, PtzEvent.Kind.TARGET_CHOSEN, "ptz-1")
                .object(4L)
                .build();
    }
}
