package dev.aerie.slam.pipeline;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.dense.DenseBackEnd;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.dense.DenseInput;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.threads.BackgroundThread;
import dev.aerie.video.VideoFrame;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands a session's keyframes to a dense back end on a thread of its own: keyframes that it has no time for are
/// left out and counted. Owns the back end and the thread.
///
/// [#offer] and [#close] are called by one thread; the rest by any.
final class DenseMapping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DenseMapping.class);
    private static final int MAX_WAITING = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);

    private final DenseBackEnd backEnd;
    private final DenseInput input;
    private final Supplier<MapView> map;
    private final BlockingQueue<Keyframe> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong mapped = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicLong workNanos = new AtomicLong();
    private final BackgroundThread thread;

    private record Keyframe(FramePose pose, DenseView.Colours colours) {}

    private DenseMapping(DenseBackEnd backEnd, CameraModel lens, Supplier<MapView> map) {
        this.backEnd = backEnd;
        this.input = new DenseInput(lens, backEnd.viewWidthPixels(lens.widthPixels(), lens.heightPixels()));
        this.map = map;
        this.thread = BackgroundThread.of("slam-dense", this::work);
    }

    /// - `map`: the engine's, in its own axes and unit
    static DenseMapping begin(DenseBackEnd backEnd, CameraModel lens, Supplier<MapView> map) {
        var mapping = new DenseMapping(backEnd, lens, map);
        mapping.thread.start();
        return mapping;
    }

    /// Takes a keyframe, or leaves it out.
    ///
    /// - `frame`: lent; `pose`: in the map's own axes and unit
    void offer(VideoFrame frame, FramePose pose) {
        if (!waiting.offer(new Keyframe(pose, input.of(frame)))) {
            leftOut.incrementAndGet();
        }
    }

    /// A keyframe that the back end fails at is left out.
    private void work() throws InterruptedException {
        while (true) {
            var keyframe = waiting.take();
            long begun = System.nanoTime();
            boolean isMapped = false;
            try {
                isMapped = add(keyframe);
            } finally {
                (isMapped ? mapped : leftOut).incrementAndGet();
                workNanos.addAndGet(isMapped ? System.nanoTime() - begun : 0);
            }
        }
    }

    /// Returns whether the map says enough of what is in view.
    private boolean add(Keyframe keyframe) {
        var view = DenseView.of(
                keyframe.pose.frameNumber(),
                input.camera(),
                keyframe.colours,
                keyframe.pose.worldFromCamera(),
                map.get().points());
        view.ifPresent(backEnd::add);
        return view.isPresent();
    }

    DenseCounts counts() {
        return new DenseCounts(mapped.get(), leftOut.get(), workNanos.get() / NANOS_PER_SECOND);
    }

    /// All surfaces, in the map's own axes and unit; takes seconds.
    DenseCloud cloud(MapView now) {
        Map<Long, RigidTransform> poses = new HashMap<>();
        now.keyframes().forEach(pose -> poses.put(pose.frameNumber(), pose.worldFromCamera()));
        return backEnd.cloud(frame -> Optional.ofNullable(poses.get(frame)));
    }

    /// Ends the thread and waits for it; the surfaces can still be asked for. What a thread that does not end is at is
    /// never freed under it.
    @Override
    public void close() {
        if (!thread.close(CLOSE_LIMIT)) {
            LOG.error("dense mapping does not end, its memory is kept waitedMillis={}", CLOSE_LIMIT.toMillis());
            return;
        }
        input.close();
        backEnd.close();
        LOG.info("dense mapping ended mapped={} leftOut={}", mapped.get(), leftOut.get());
    }
}
