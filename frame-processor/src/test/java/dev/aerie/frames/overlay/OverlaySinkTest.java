package dev.aerie.frames.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.messages.Box;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.Timing;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.image.BgrView;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.ObjectColour;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import dev.aerie.vision.track.TrackedObjectState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class OverlaySinkTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Box PLACE = new Box(100, 100, 60, 60);
    private static final ThingWorld WORLD = ThingWorld.of(Thing.still(ThingWorld.RED, PLACE));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final OverlayRequests requests = new OverlayRequests(now::get);
    private final List<AccessUnit> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private int next;

    private OverlayTarget.Connection open(FrameSize size, AccessUnit first) {
        assertThat(first.isIdr()).isTrue();
        opened.incrementAndGet();
        return new OverlayTarget.Connection() {
            @Override
            public void send(AccessUnit unit) {
                sent.add(unit);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    private void give(OverlaySink sink) {
        var frame = WORLD.frame(SESSION, next++);
        var track = new BoxTrack(3, PLACE, "ball", 0.9, TrackState.CONFIRMED, 5);
        var objects = List.of(
                new TrackedObjectState(track, Optional.of(BinaryMask.of(frame.size(), PLACE)), Optional.empty()));
        var stamp = frame.stamp();
        var result = new FrameResult(
                Envelope.ofFrame(
                        stamp.id(),
                        stamp.captureTimeNanos(),
                        stamp.clock(),
                        Instant.EPOCH,
                        Producer.of("frame-processor", "fp-test")),
                320,
                240,
                "things",
                new Timing(0, 0, 0, 0),
                List.of());
        sink.accept(new ProcessedFrame(frame, objects, result));
    }

    @Test
    void accept_notRequested_doesNothing() {
        try (var sink = new OverlaySink("drone", requests, this::open)) {
            give(sink);
            assertThat(opened.get()).isZero();
        }
    }

    @Test
    void take_whileItIsWanted_isPublishedAndEndsWhenTheTimeIsOver() throws Exception {
        try (var sink = new OverlaySink("drone", requests, this::open)) {
            requests.request("drone", Duration.ofSeconds(60));
            Eventually.holds("published", LIMIT, () -> {
                give(sink);
                return sent.size() >= 5;
            });
            assertThat(opened.get()).isEqualTo(1);
            assertThat(sent).extracting(AccessUnit::ptsTicks90k).isSorted().doesNotHaveDuplicates();
            now.set(Instant.EPOCH.plusSeconds(61));
            give(sink);
            assertThat(closed.get()).isEqualTo(1);
        }
    }

    @Test
    void take_theRelayRefuses_harmsNothing() throws Exception {
        var attempts = new AtomicInteger();
        OverlayTarget refuses = (_, _) -> {
            attempts.incrementAndGet();
            throw new IOException("connection refused");
        };
        try (var sink = new OverlaySink("drone", requests, refuses)) {
            requests.request("drone", Duration.ofSeconds(60));
            Eventually.holds("tried", LIMIT, () -> {
                give(sink);
                return attempts.get() == 1;
            });
        }
    }

    @Test
    void paint_maskAndBox_changeTheirPixelsAndNoOthers() {
        var frame = WORLD.frame(SESSION, 0);
        var track = new BoxTrack(3, PLACE, "ball", 0.9, TrackState.CONFIRMED, 5);
        try (var view = new BgrView(frame);
                var image = view.mat().clone()) {
            OverlayPainter.paint(
                    image,
                    List.of(new TrackedObjectState(
                            track, Optional.of(BinaryMask.of(frame.size(), PLACE)), Optional.empty())));
            ByteBuffer pixels = image.createBuffer();
            int inside = (130 * 320 + 130) * 3;
            int outside = (200 * 320 + 20) * 3;
            var colour = ObjectColour.of(3);
            assertThat(pixels.get(inside) & 0xff).isEqualTo(colour.blue() * 45 / 100);
            assertThat(pixels.get(outside)).isEqualTo((byte) 90);
        }
    }

    @Test
    void paint_segmentOfAWholeFrame_isItsMaskWithoutABox() {
        var frame = WORLD.frame(SESSION, 0);
        var half = BinaryMask.of(frame.size(), new Box(100, 100, 60, 30));
        var track = new BoxTrack(3, PLACE, "segment", 0.9, TrackState.TENTATIVE, 0);
        try (var view = new BgrView(frame);
                var image = view.mat().clone();
                var before = view.mat().clone()) {
            OverlayPainter.paint(
                    image, List.of(new TrackedObjectState(track, Optional.of(half), Optional.of("segment"))));
            ByteBuffer pixels = image.createBuffer();
            ByteBuffer untouched = before.createBuffer();
            int changedOutside = 0;
            for (int at = 0; at < pixels.limit(); at++) {
                boolean isOutside = !half.contains(at / 3 % 320, at / 3 / 320);
                changedOutside += isOutside && pixels.get(at) != untouched.get(at) ? 1 : 0;
            }
            assertThat(changedOutside).isZero();
            assertThat(pixels.get((110 * 320 + 130) * 3)).isNotEqualTo(untouched.get((110 * 320 + 130) * 3));
        }
    }
}
