package dev.aerie.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.SyntheticWorld;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Things of known place on a textured plane, seen by a camera that moves too.
final class BilateralTrackerTest {

    private static final FrameSize SIZE = new FrameSize(320, 240);
    private static final long FIRST = 1;
    private static final long SECOND = 2;

    private final SyntheticWorld world = new SyntheticWorld(5, SIZE.widthPixels(), SIZE.heightPixels());
    private final MaskTracker tracker = open();

    @AfterEach
    void close() throws Exception {
        tracker.close();
        world.close();
    }

    @Test
    void process_thingThatMoves_keepsItsMask() throws ModelException {
        begin(tracker, FIRST, box(0, 0));
        for (int frame = 1; frame <= 12; frame++) {
            var found = tracker.process(frame(frame, box(frame, 0))).getFirst();
            assertThat(overlap(found, box(frame, 0))).as("frame " + frame).isGreaterThan(0.85);
            assertThat(found.isVisible()).isTrue();
        }
    }

    @Test
    void process_camerasOwnMotionAndTurn_keepsTheMask() throws ModelException {
        begin(tracker, FIRST, box(0, 0));
        for (int frame = 1; frame <= 8; frame++) {
            var seen = world.see(frame, 60 + 5 * frame, 50 + 3 * frame, 1.5 * frame, 1, List.of(box(0, 0)));
            var found = tracker.process(seen).getFirst();
            assertThat(overlap(found, box(0, 0))).as("frame " + frame).isGreaterThan(0.8);
        }
    }

    @Test
    void process_twoThings_sharesNoPixel() throws ModelException {
        tracker.prompt(frame(0, box(0, 0), box(0, 70)), List.of(mask(FIRST, box(0, 0)), mask(SECOND, box(0, 70))));
        for (int frame = 1; frame <= 6; frame++) {
            // The lower one comes nearer until they touch.
            var lower = box(frame, 70 - 5 * frame);
            var found = tracker.process(frame(frame, box(frame, 0), lower));
            assertThat(found).extracting(ObjectMask::object).containsExactly(FIRST, SECOND);
            var first = found.get(0).logits().toFrame(SIZE);
            var second = found.get(1).logits().toFrame(SIZE);
            assertThat(first.sharedPixels(second)).isZero();
            assertThat(overlap(found.get(0), box(frame, 0))).isGreaterThan(0.7);
            assertThat(overlap(found.get(1), lower)).isGreaterThan(0.7);
        }
    }

    @Test
    void process_thingGoneAndBack_isNotSeenMeanwhile() throws ModelException {
        begin(tracker, FIRST, box(0, 0));
        tracker.process(frame(1, box(1, 0)));
        tracker.process(frame(2, box(2, 0)));
        ObjectMask gone = null;
        for (int frame = 3; frame <= 8; frame++) {
            gone = tracker.process(frame(frame)).getFirst();
        }
        assertThat(gone.isVisible()).isFalse();
        ObjectMask back = null;
        for (int frame = 9; frame <= 12; frame++) {
            back = tracker.process(frame(frame, box(3, 0))).getFirst();
        }
        assertThat(back.isVisible()).isTrue();
        assertThat(overlap(back, box(3, 0))).isGreaterThan(0.8);
    }

    @Test
    void process_thingPassesBehindPost_isFoundOnBothSides() throws ModelException {
        begin(tracker, FIRST, box(0, 0));
        for (int frame = 1; frame <= 22; frame++) {
            var found = tracker.process(behindPost(frame(frame, box(frame, 0)))).getFirst();
            assertThat(overlap(found, box(frame, 0))).as("frame " + frame).isGreaterThan(frame < 10 ? 0.5 : 0.7);
        }
    }

    @Test
    void process_again_isTheSame() throws ModelException {
        assertThat(areas(open())).isEqualTo(areas(open()));
    }

    @Test
    void process_manyFrames_memoryStopsGrowing() throws ModelException {
        begin(tracker, FIRST, box(0, 0));
        long max = 0;
        for (int frame = 1; frame <= 21; frame++) {
            tracker.process(frame(frame, box(frame % 7, 0)));
            max = Math.max(max, bytes(tracker.memory()));
        }
        for (int frame = 22; frame <= 29; frame++) {
            tracker.process(frame(frame, box(frame % 7, 0)));
            assertThat(bytes(tracker.memory())).isLessThan(max + max / 10);
        }
    }

    @Test
    void restore_elsewhere_goesOnAlike() throws Exception {
        begin(tracker, FIRST, box(0, 0));
        tracker.process(frame(1, box(1, 0)));
        var saved = new ByteArrayOutputStream();
        tracker.save(new DataOutputStream(saved));
        try (var other = open()) {
            other.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            assertThat(other.objects()).containsExactly(FIRST);
            var here = tracker.process(frame(2, box(2, 0))).getFirst();
            var there = other.process(frame(2, box(2, 0))).getFirst();
            assertThat(there.logits().values()).isEqualTo(here.logits().values());
        }
    }

    @Test
    void restore_damaged_followsNothing() throws Exception {
        begin(tracker, FIRST, box(0, 0));
        var saved = new ByteArrayOutputStream();
        tracker.save(new DataOutputStream(saved));
        byte[] damaged = saved.toByteArray();
        damaged[damaged.length / 2] ^= 1;
        assertThatThrownBy(() -> tracker.restore(new DataInputStream(new ByteArrayInputStream(damaged))))
                .isInstanceOf(IOException.class);
        assertThat(tracker.objects()).isEmpty();
    }

    @Test
    void prompt_byBox_findsTheOutline() throws ModelException {
        var drawn = new Box(box(0, 0).leftPixels() - 6, box(0, 0).topPixels() - 6, 72, 52);
        var found = tracker.prompt(frame(0, box(0, 0)), List.of(new Prompt.BoxPrompt(FIRST, drawn)));
        assertThat(overlap(found.getFirst(), box(0, 0))).isGreaterThan(0.8);
    }

    @Test
    void prompt_byClick_findsWhatWasClicked() throws ModelException {
        var click = new Prompt.Click(new Point(130, 100), true);
        var found = tracker.prompt(frame(0, box(0, 0)), List.of(new Prompt.PointPrompt(FIRST, List.of(click))));
        assertThat(overlap(found.getFirst(), box(0, 0))).isGreaterThan(0.5);
    }

    @Test
    void prompt_onlyNegativeForNewObject_changesNothing() {
        var prompt = new Prompt.PointPrompt(FIRST, List.of(new Prompt.Click(new Point(10, 10), false)));
        assertThatThrownBy(() -> tracker.prompt(frame(0), List.of(prompt)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("object 1");
        assertThat(tracker.objects()).isEmpty();
    }

    @Test
    void prompt_moreThanAllowed_isRefused() throws ModelException {
        var here = frame(0, box(0, 0));
        tracker.prompt(here, List.of(mask(FIRST, box(0, 0)), mask(SECOND, box(0, 50))));
        assertThatThrownBy(() -> tracker.prompt(here, List.of(mask(3, box(0, 0)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 2 objects");
        assertThat(tracker.objects()).containsExactly(FIRST, SECOND);
    }

    @Test
    void prompt_onEarlierFrame_catchesUp() throws ModelException {
        tracker.process(frame(0, box(0, 0)));
        tracker.process(frame(1, box(1, 0)));
        tracker.process(frame(2, box(2, 0)));
        begin(tracker, FIRST, box(0, 0));
        var found = tracker.process(frame(3, box(3, 0))).getFirst();
        assertThat(overlap(found, box(3, 0))).isGreaterThan(0.8);
    }

    @Test
    void process_twinsPassEachOther_eachMaskStaysOnItsOwn() throws ModelException {
        tracker.prompt(twins(0), List.of(mask(FIRST, left(0)), mask(SECOND, right(0))));
        for (int frame = 1; frame <= 32; frame++) {
            var found = tracker.process(twins(frame));
            if (frame < 8 || frame > 28) {
                assertThat(overlap(found.getFirst(), left(frame)))
                        .as("frame " + frame)
                        .isGreaterThan(0.7);
                assertThat(overlap(found.getLast(), right(frame)))
                        .as("frame " + frame)
                        .isGreaterThan(0.7);
            }
        }
    }

    /// Both look alike; the one that comes from the right passes in front.
    private VideoFrame twins(int frame) {
        return world.see(frame, 60, 50, 0, 1, List.of(left(frame), right(frame)));
    }

    private static Box left(int frame) {
        return new Box(30 + 6.0 * frame, 90, 40, 50);
    }

    private static Box right(int frame) {
        return new Box(230 - 6.0 * frame, 98, 40, 50);
    }

    @Test
    void unlearn_everyFrame_learnsNoBackground() throws ModelException {
        begin(tracker, FIRST, box(0, 0));
        tracker.process(frame(1, box(1, 0)));
        long atFirst = bytes(tracker.memory());
        for (int i = 2; i < 14; i++) {
            tracker.process(frame(i, box(i, 0)));
            tracker.unlearn(FIRST);
        }
        assertThat(bytes(tracker.memory())).isEqualTo(atFirst);
        for (int i = 14; i < 22; i++) {
            tracker.process(frame(i, box(i, 0)));
        }
        assertThat(bytes(tracker.memory())).isGreaterThan(atFirst);
        tracker.unlearn(SECOND);
    }

    @Test
    void remove_trackedObject_isRemoved() throws ModelException {
        begin(tracker, FIRST, box(0, 0));
        assertThat(tracker.remove(FIRST)).isTrue();
        assertThat(tracker.remove(FIRST)).isFalse();
        assertThat(tracker.process(frame(1, box(1, 0)))).isEmpty();
        assertThat(tracker.memory()).isEqualTo(MaskTracker.MemoryUse.NONE);
    }

    private List<Long> areas(MaskTracker fresh) throws ModelException {
        var areas = new ArrayList<Long>();
        try (fresh) {
            begin(fresh, FIRST, box(0, 0));
            for (int frame = 1; frame <= 4; frame++) {
                var found = fresh.process(frame(frame, box(2 * frame, frame))).getFirst();
                areas.add(found.logits().toFrame(SIZE).areaPixels());
            }
        }
        return areas;
    }

    private void begin(MaskTracker fresh, long object, Box at) throws ModelException {
        fresh.prompt(frame(0, at), List.of(mask(object, at)));
    }

    private static MaskTracker open() {
        return new BilateralTrackers(BilateralConfig.LIVE).open(SIZE, 2, 4);
    }

    private static Prompt mask(long object, Box at) {
        return new Prompt.MaskPrompt(object, BinaryMask.of(SIZE, at));
    }

    /// Where a thing of 60 × 40 pixels is after so many steps to the right, and so far down.
    private static Box box(int steps, int down) {
        return new Box(100 + 4 * steps, 80 + down, 60, 40);
    }

    private VideoFrame frame(int frame, Box... things) {
        return world.see(frame, 60 + 2.0 * frame, 50, 0, 1, List.of(things));
    }

    /// A grey post of 12 pixels stands before everything, right of where the thing begins.
    private static VideoFrame behindPost(VideoFrame frame) {
        var pixels = frame.bgr();
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            for (int at = (y * SIZE.widthPixels() + 168) * 3; at < (y * SIZE.widthPixels() + 180) * 3; at++) {
                pixels.put(at, (byte) 40);
            }
        }
        return frame;
    }

    private static long bytes(MaskTracker.MemoryUse use) {
        return use.nativeBytes() + use.heapBytes();
    }

    private static double overlap(ObjectMask found, Box truth) {
        return found.logits().toFrame(SIZE).overlapWith(BinaryMask.of(SIZE, truth));
    }
}
