package dev.aerie.frames.crop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.frames.pipeline.ProcessedFrame;
import dev.aerie.frames.pipeline.StreamSink;
import dev.aerie.messages.TrackState;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mot.BoxTrack;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the best crops of each object of one session of one stream: of at most [#MAX_OBJECTS], the most recent.
///
/// Filled on the stream's thread, at most [#PER_FRAME] crops in each frame; read by any.
public final class ObjectCrops implements StreamSink {

    private static final int MAX_OBJECTS = 32;
    private static final int PER_FRAME = 4;
    private static final long FRAMES_BETWEEN = 3;

    private final CropCutter cutter = new CropCutter();
    private final Consumer<ObjectCrops> closed;
    private final ReentrantLock lock = new ReentrantLock();

    /// The one that was cropped longest ago comes first.
    @GuardedBy("lock")
    private final Map<Long, Kept> byObject = new LinkedHashMap<>();

    private record Kept(BestCrops crops, long cutAtFrame) {}

    /// - `closed`: called on [#close]
    ObjectCrops(Consumer<ObjectCrops> closed) {
        this.closed = closed;
    }

    @Override
    public void accept(ProcessedFrame processed) {
        long now = processed.frame().stamp().id().frameNumber();
        List<BoxTrack> due = processed.objects().stream()
                .map(state -> state.track())
                .filter(track -> track.state() == TrackState.CONFIRMED && now - cutAt(track.id()) >= FRAMES_BETWEEN)
                .sorted(Comparator.comparingLong(track -> cutAt(track.id())))
                .limit(PER_FRAME)
                .toList();
        due.forEach(track -> cut(processed.frame(), track, now));
    }

    /// The best crops of an object, best first; empty where none are kept.
    public List<Crop> of(long object) {
        lock.lock();
        try {
            Kept kept = byObject.get(object);
            return kept == null ? List.of() : kept.crops().all();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed.accept(this);
        cutter.close();
    }

    private long cutAt(long object) {
        lock.lock();
        try {
            Kept kept = byObject.get(object);
            return kept == null ? -FRAMES_BETWEEN : kept.cutAtFrame();
        } finally {
            lock.unlock();
        }
    }

    private void cut(VideoFrame frame, BoxTrack track, long now) {
        var crop = cutter.cut(frame, track.box(), track.score());
        lock.lock();
        try {
            @Nullable Kept kept = byObject.remove(track.id());
            BestCrops crops = kept == null ? new BestCrops() : kept.crops();
            crop.ifPresent(crops::offer);
            byObject.put(track.id(), new Kept(crops, now));
            if (byObject.size() > MAX_OBJECTS) {
                byObject.remove(byObject.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
