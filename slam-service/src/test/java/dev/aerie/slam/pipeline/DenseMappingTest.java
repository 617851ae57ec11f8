package dev.aerie.slam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.slam.dense.DenseBackEnd;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.threads.ThreadFailures;
import dev.aerie.video.FrameSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a dense back end is given.
final class DenseMappingTest {

    private static final FrameSize SIZE = new FrameSize(640, 480);
    private static final PinholeCamera LENS = new PinholeCamera(640, 480, 500, 500, 319.5, 239.5);
    private static final FramePose POSE =
            new FramePose(7, 1, 0, new RigidTransform(Rotation.IDENTITY, new Vector3(0, 0, -10)));

    private static final class Listener implements DenseBackEnd {
        private final LinkedBlockingQueue<DenseView> views = new LinkedBlockingQueue<>();
        private final List<Long> asked = new ArrayList<>();
        private final Semaphore mayGoOn = new Semaphore(100);
        private volatile boolean dies;
        private boolean isClosed;

        @Override
        public int viewWidthPixels(int widthPixels, int heightPixels) {
            return widthPixels / 2;
        }

        @Override
        public void add(DenseView view) {
            views.add(view);
            if (dies) {
                throw new OutOfMemoryError("no room for a volume");
            }
            mayGoOn.acquireUninterruptibly();
        }

        @Override
        public DenseCloud cloud(LongFunction<Optional<RigidTransform>> poses) {
            for (long frame : new long[] {7, 8}) {
                poses.apply(frame).ifPresent(_ -> asked.add(frame));
            }
            return new DenseCloud(List.of(), List.of());
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    /// Points 2 to 12 m before the camera, and some behind it.
    private static MapView map() {
        List<Vector3> points = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            points.add(new Vector3(0, 0, -8 + i * 0.1));
            points.add(new Vector3(0, 0, -30));
        }
        return new MapView(1, 0, List.of(POSE), points);
    }

    @Test
    void offer_keyframe_isHandedOnSmallWithItsDepths() throws InterruptedException {
        var listener = new Listener();
        try (var mapping = DenseMapping.begin(listener, LENS, DenseMappingTest::map)) {
            mapping.offer(PlainFrame.of(7, 1, SIZE, 10, 200, 30), POSE);
            var view = listener.views.poll(60, TimeUnit.SECONDS);

            assertThat(view).isNotNull();
            assertThat(view.frameNumber()).isEqualTo(7);
            assertThat(view.camera()).isEqualTo(new PinholeCamera(320, 240, 250, 250, 159.5, 119.5));
            assertThat(view.nearest()).isCloseTo(2.2 / 1.5, within(0.1));
            assertThat(view.farthest()).isCloseTo(11.5 * 1.5, within(0.1));
            mapping.cloud(map());
            assertThat(listener.asked).as("keyframes with a pose").containsExactly(7L);
        }
        assertThat(listener.isClosed).isTrue();
    }

    @Test
    void offer_backEndFailsWithAnError_isCountedAndTheNextKeyframeIsMapped() throws InterruptedException {
        long before = ThreadFailures.counts().getOrDefault("slam-dense", 0L);
        var listener = new Listener();
        listener.dies = true;
        try (var mapping = DenseMapping.begin(listener, LENS, DenseMappingTest::map)) {
            mapping.offer(PlainFrame.of(7, 1, SIZE, 10, 200, 30), POSE);
            assertThat(listener.views.poll(60, TimeUnit.SECONDS)).isNotNull();
            Eventually.holds(
                    "left out", Duration.ofSeconds(60), () -> mapping.counts().leftOut() == 1);
            listener.dies = false;
            mapping.offer(PlainFrame.of(7, 1, SIZE, 10, 200, 30), POSE);
            Eventually.holds(
                    "mapped", Duration.ofSeconds(60), () -> mapping.counts().mapped() == 1);
        }
        assertThat(ThreadFailures.counts().get("slam-dense")).isEqualTo(before + 1);
        assertThat(listener.isClosed).isTrue();
    }

    @Test
    @Timeout(60)
    void offer_mapWithHardlyAPoint_isLeftOut() {
        var listener = new Listener();
        try (var mapping = DenseMapping.begin(listener, LENS, () -> MapView.EMPTY)) {
            mapping.offer(PlainFrame.of(7, 1, SIZE, 10, 200, 30), POSE);
            Eventually.holds("left out", () -> mapping.counts().leftOut() > 0);
            assertThat(listener.views).isEmpty();
            assertThat(mapping.counts().mapped()).isZero();
        }
    }

    @Test
    @Timeout(60)
    void offer_moreThanItHasTimeFor_theRestIsLeftOutAndCounted() throws InterruptedException {
        var listener = new Listener();
        listener.mayGoOn.drainPermits();
        try (var mapping = DenseMapping.begin(listener, LENS, DenseMappingTest::map)) {
            mapping.offer(PlainFrame.of(7, 1, SIZE, 10, 200, 30), POSE);
            listener.views.take();
            for (int i = 0; i < 5; i++) {
                mapping.offer(PlainFrame.of(7, 1, SIZE, 10, 200, 30), POSE);
            }
            assertThat(mapping.counts().leftOut()).as("three may wait").isEqualTo(2);
            listener.mayGoOn.release(4);
            Eventually.holds("four mapped", () -> mapping.counts().mapped() == 4);
            assertThat(mapping.counts().leftOut()).isEqualTo(2);
            assertThat(mapping.counts().seconds()).isPositive();
        }
    }
}
