package dev.aerie.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionJudgeTest {

    private static final FrameSize SIZE = new FrameSize(1280, 720);
    private static final long FIRST_NANOS = 1_763_712_000_000_000_000L;
    private static final long FRAME_NANOS = 33_333_333;
    private static final Box CAR = new Box(100, 100, 200, 100);
    private static final Box PERSON = new Box(600, 300, 40, 100);
    private static final Box NOTHING = new Box(900, 50, 60, 60);

    @TempDir
    Path folder;

    private final DetectionJudge judge = new DetectionJudge();

    @Test
    void judge_carFoundPersonMissedWallMarked_halfIsRightAndHalfIsFound() throws IOException {
        judge.result(result(0, confirmed("car", CAR), confirmed("person", NOTHING)));

        var report = judge.judge(truth(2));

        assertThat(report).isEqualTo(new DetectionReport(1, 0.5, 0.5, 1.0));
    }

    @Test
    void judge_clocksOffByAMillisecond_takesTheFrameThatIsMeant() throws IOException {
        judge.result(result(FRAME_NANOS + 1_000_000, confirmed("car", moved(CAR, 500))));

        assertThat(judge.judge(truth(3)).precision()).isEqualTo(1.0);
    }

    @Test
    void judge_frameThatWasNeverSent_isNotJudged() throws IOException {
        judge.result(result(-5 * FRAME_NANOS, confirmed("car", NOTHING)));

        assertThat(judge.judge(truth(3))).isEqualTo(new DetectionReport(0, null, null, null));
    }

    @Test
    void judge_occludedOrTentativeObject_isNoDetection() throws IOException {
        judge.result(result(
                0,
                TrackedObject.ofBox(1, "car", 0.9, NOTHING, TrackState.OCCLUDED, 9),
                TrackedObject.ofBox(2, "car", 0.9, NOTHING, TrackState.TENTATIVE, 0)));

        assertThat(judge.judge(truth(1))).isEqualTo(new DetectionReport(1, null, 0.0, null));
    }

    @Test
    void judge_detectorWithoutClasses_saysNothingOfLabels() throws IOException {
        judge.result(result(0, confirmed("moving", CAR)));

        assertThat(judge.judge(truth(1))).isEqualTo(new DetectionReport(1, 1.0, 0.5, null));
    }

    /// A car that goes 500 pixels to the right from frame to frame, and somebody who stands.
    private Path truth(int frames) throws IOException {
        Path file = folder.resolve("truth.jsonl");
        Files.write(
                file,
                Stream.iterate(0, i -> i < frames, i -> i + 1)
                        .map(i -> FrameTruth.of(
                                        FIRST_NANOS + i * FRAME_NANOS,
                                        SIZE,
                                        List.of(
                                                new VisibleBody(1, "car", moved(CAR, 500 * i), 1),
                                                new VisibleBody(2, "person", PERSON, 1)))
                                .toJson())
                        .toList());
        return file;
    }

    private static Box moved(Box box, double pixels) {
        return new Box(box.leftPixels() + pixels, box.topPixels(), box.widthPixels(), box.heightPixels());
    }

    private static TrackedObject confirmed(String label, Box box) {
        return TrackedObject.ofBox(1, label, 0.9, box, TrackState.CONFIRMED, 9);
    }

    private static FrameResult result(long nanos, TrackedObject... objects) {
        var made = Envelope.ofFrame(
                new FrameId("drone", "01K9Z8Q3T5V7X9Z1B3D5F7H9JK", 7),
                FIRST_NANOS + nanos,
                CaptureClock.SENDER,
                Instant.EPOCH,
                new Producer("frame-processor", "fp-1", "yolox_nano"));
        return new FrameResult(
                made, SIZE.widthPixels(), SIZE.heightPixels(), "bytetrack", new Timing(1, 1, 1, 3), List.of(objects));
    }
}
