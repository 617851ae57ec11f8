package dev.aerie.slam.movable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.vision.detect.MotionDetector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Masks of things that may move, made of the results of one session, which come later than their frames.
///
/// A frame gets the mask of the newest result that is no newer than it: each object is moved on as its box moved
/// between the last two results, and grown by what that may be wrong. Exact masks of earlier frames are for judging
/// what was made of them meanwhile. Safe for several threads; of bounded size.
public final class MovableMasks {

    /// How long a result is good for frames after its own.
    static final long MAX_AGE_NANOS = 1_000_000_000L;

    private static final int REMEMBERED = 32;

    /// Masks end at whole cells, and segmentation at edges is rough.
    private static final int MARGIN_CELLS = 1;

    /// How wrong the way may be by which a thing was moved on.
    private static final double MOTION_ERROR = 0.5;

    /// Of what has been seen in one result alone: a quarter of the frame's width in a second.
    private static final double UNKNOWN_CELLS_PER_SECOND = MovableMask.COLUMNS / 4.0;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Set<String> labels;

    @GuardedBy("this")
    private final TreeMap<Long, Result> results = new TreeMap<>();

    @GuardedBy("this")
    private final List<FrameMask> unread = new ArrayList<>();

    /// - `labels`: of what may move, in lower case; none for no masks at all
    public MovableMasks(Set<String> labels) {
        this.labels = Set.copyOf(labels);
    }

    private record Result(long frameNumber, long captureTimeNanos, int rows, Map<Long, MovableObject> objects) {}

    /// The mask of a frame of the past.
    public record FrameMask(long frameNumber, MovableMask mask) {}

    /// Takes the result of a frame; those of another session must be kept away.
    public void add(FrameResult result) {
        Long captureTimeNanos = result.envelope().captureTimeNanos();
        if (labels.isEmpty() || captureTimeNanos == null) {
            return;
        }
        Map<Long, MovableObject> objects = result.objects().stream()
                .filter(this::mayMove)
                .map(object -> MovableObject.of(object, result.widthPixels(), result.heightPixels()))
                .collect(Collectors.toMap(MovableObject::id, Function.identity(), (first, _) -> first));
        int rows = MovableObject.rowsOf(result.widthPixels(), result.heightPixels());
        long frame = result.envelope().frameId().frameNumber();
        add(new Result(frame, captureTimeNanos, rows, objects));
    }

    private synchronized void add(Result result) {
        results.put(result.frameNumber(), result);
        unread.add(new FrameMask(result.frameNumber(), mask(result, result.captureTimeNanos())));
        while (results.size() > REMEMBERED) {
            results.pollFirstEntry();
        }
        while (unread.size() > REMEMBERED) {
            unread.removeFirst();
        }
    }

    private boolean mayMove(TrackedObject object) {
        return object.state() != TrackState.LOST
                && (isMoving(object)
                        || Stream.of(object.label().toLowerCase(Locale.ROOT).split("\\W+", -1))
                                .anyMatch(labels::contains));
    }

    /// Whether it was found by its motion and such things may move, whatever it was named since.
    private boolean isMoving(TrackedObject object) {
        return TrackedObject.FOUND_BY_MOTION.equals(object.prompt()) && labels.contains(MotionDetector.LABEL);
    }

    /// The mask for a frame; empty where no result is near enough.
    public synchronized Optional<MovableMask> maskOf(long frameNumber, long captureTimeNanos) {
        var newest = results.floorEntry(frameNumber);
        boolean isNear = newest != null && captureTimeNanos - newest.getValue().captureTimeNanos() <= MAX_AGE_NANOS;
        return isNear ? Optional.of(mask(newest.getValue(), captureTimeNanos)) : Optional.empty();
    }

    /// The masks of results that came since the last call, oldest first.
    public synchronized List<FrameMask> takeNew() {
        var taken = List.copyOf(unread);
        unread.clear();
        return taken;
    }

    /// Forgets all results.
    public synchronized void clear() {
        results.clear();
        unread.clear();
    }

    @GuardedBy("this")
    private MovableMask mask(Result result, long captureTimeNanos) {
        var cells = new BitSet(MovableMask.COLUMNS * result.rows());
        double seconds = Math.max(0, captureTimeNanos - result.captureTimeNanos()) / NANOS_PER_SECOND;
        var earlier = results.lowerEntry(result.frameNumber());
        for (var object : result.objects().values()) {
            var before = Optional.ofNullable(earlier)
                    .map(Map.Entry::getValue)
                    .filter(other -> other.captureTimeNanos() < result.captureTimeNanos())
                    .filter(other -> other.objects().containsKey(object.id()));
            if (before.isPresent()) {
                var then = Objects.requireNonNull(before.get().objects().get(object.id()));
                double factor = seconds
                        * NANOS_PER_SECOND
                        / (result.captureTimeNanos() - before.get().captureTimeNanos());
                double columns = factor * (object.centreColumn() - then.centreColumn());
                double rows = factor * (object.centreRow() - then.centreRow());
                int growth = (int) Math.ceil(MOTION_ERROR * Math.hypot(columns, rows));
                object.addTo(cells, rounded(columns), rounded(rows), MARGIN_CELLS + growth);
            } else {
                int growth = (int) Math.ceil(UNKNOWN_CELLS_PER_SECOND * seconds);
                object.addTo(cells, 0, 0, MARGIN_CELLS + growth);
            }
        }
        return new MovableMask(result.rows(), cells);
    }

    private static int rounded(double cells) {
        return Math.toIntExact(Math.round(Math.clamp(cells, -MovableMask.COLUMNS, MovableMask.COLUMNS)));
    }
}
