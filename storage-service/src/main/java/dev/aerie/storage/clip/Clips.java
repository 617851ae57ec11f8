package dev.aerie.storage.clip;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.FrameId;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Cuts clips. Thread-safe.
///
/// The last few clips are cached, because a player requests one clip in many byte ranges.
public final class Clips {

    private static final int REMEMBERED = 16;
    private static final int HEADS_REMEMBERED = 10_000;
    private static final double TICKS_PER_SECOND = 90_000;

    private final SegmentFrames segmentFrames;
    private final EdgeEncoder encoder;

    @GuardedBy("this")
    private final Map<Order, Clip> clips = newestOf(REMEMBERED);

    @GuardedBy("this")
    private final Map<String, VideoTrack> heads = newestOf(HEADS_REMEMBERED);

    /// How a clip begins if its first frame is not an IDR frame and thus cannot be decoded alone.
    public enum Cut {
        /// Includes the frames that are needed to decode it, hidden by an edit list. All samples are copied.
        FRAME,
        /// Begins at the IDR frame before it. All samples are copied.
        IDR,
        /// Begins at that frame; the frames up to the next IDR frame are re-encoded.
        ENCODE
    }

    private record Order(String stream, long fromNanos, long toNanos, Cut cut, List<String> from) {}

    public Clips(SegmentFrames segmentFrames, InstantSource clock, RandomGenerator random) {
        this.segmentFrames = segmentFrames;
        this.encoder = new EdgeEncoder(clock, random);
    }

    /// The clip of the frames captured from `fromNanos` to `toNanos` (exclusive). Throws [NoVideoException] if there
    /// are none.
    ///
    /// - `session`: restricts the clip to one session; empty for all
    public Clip cut(String stream, String session, long fromNanos, long toNanos, Cut cut)
            throws IOException, NoVideoException {
        List<Segment> segments = segmentFrames.segments(stream, fromNanos, toNanos).stream()
                .filter(segment -> session.isEmpty() || segment.session().equals(session))
                .toList();
        List<String> from = segments.stream()
                .map(segment -> segment.id() + '/' + segment.lastFrame())
                .toList();
        var order = new Order(stream, fromNanos, toNanos, cut, from);
        synchronized (this) {
            Clip known = clips.get(order);
            if (known != null) {
                return known;
            }
        }
        Clip made = make(order, segments);
        synchronized (this) {
            clips.put(order, made);
        }
        return made;
    }

    private Clip make(Order order, List<Segment> segments) throws IOException, NoVideoException {
        var planner = new ClipPlanner(order.fromNanos(), order.toNanos(), order.cut() == Cut.IDR);
        for (Segment segment : segments) {
            var piece = segmentFrames.piece(segment);
            if (planner.needsLeadIn(piece)) {
                for (var before : segmentFrames.leadIn(segment)) {
                    planner.lead(before, head(before.segment()));
                }
            }
            planner.add(piece, head(segment));
        }
        ClipPlan plan = planner.plan();
        if (order.cut() == Cut.ENCODE) {
            plan = encoder.encode(plan);
        }
        long start = plan.shownFromTicks();
        var frames = plan.shown().stream()
                .map(sample -> new Clip.Frame(
                        new FrameId(
                                order.stream(), sample.session(), sample.frame().frameNumber()),
                        sample.frame().captureTimeNanos(),
                        (sample.presentationTicks() - start) / TICKS_PER_SECOND))
                .toList();
        return new Clip(order.stream(), Mp4Clip.of(plan), frames);
    }

    private VideoTrack head(Segment segment) throws IOException {
        synchronized (this) {
            VideoTrack known = heads.get(segment.id());
            if (known != null) {
                return known;
            }
        }
        VideoTrack read = TrackHead.of(segmentFrames.file(segment));
        synchronized (this) {
            heads.put(segment.id(), read);
        }
        return read;
    }

    private static <K, V> Map<K, V> newestOf(int max) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }
}
