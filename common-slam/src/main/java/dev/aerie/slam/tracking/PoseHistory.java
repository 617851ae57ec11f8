package dev.aerie.slam.tracking;

import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.map.Anchor;
import dev.aerie.slam.map.Keyframe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Where the camera was in each frame, each relative to a keyframe, so that what the map learns later moves
/// it along.
///
/// Safe for several threads; read [#poses] inside the map's read lock.
public final class PoseHistory {

    /// Frames from before an initialization get their poses after those that followed.
    private static final long MAX_DISORDER_NANOS = 10_000_000_000L;

    private final int max;
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(long frameNumber, long captureTimeNanos, Anchor anchor) {

        Optional<FramePose> pose() {
            int submap = anchor.keyframe().submap();
            if (submap == Keyframe.NO_SUBMAP) {
                return Optional.empty();
            }
            var worldFromCamera = anchor.cameraFromWorld().inverse().orthonormal();
            return Optional.of(new FramePose(frameNumber, captureTimeNanos, submap, worldFromCamera));
        }
    }

    /// - `max`: poses kept; the oldest are dropped first
    public PoseHistory(int max) {
        this.max = max;
    }

    synchronized void add(Frame frame, Anchor anchor) {
        var frameFeatures = frame.frameFeatures();
        entries.addLast(new Entry(frameFeatures.frameNumber(), frameFeatures.captureTimeNanos(), anchor));
        if (entries.size() > max) {
            entries.removeFirst();
        }
    }

    public synchronized void clear() {
        entries.clear();
    }

    /// All poses as the map knows them now, by capture time; without those whose submap was removed.
    public List<FramePose> poses() {
        return poses(Long.MIN_VALUE);
    }

    /// Those of frames taken at some moment or later.
    public synchronized List<FramePose> poses(long sinceNanos) {
        var poses = new ArrayList<FramePose>();
        for (var newestFirst = entries.descendingIterator(); newestFirst.hasNext(); ) {
            var entry = newestFirst.next();
            if (entry.captureTimeNanos() + MAX_DISORDER_NANOS < sinceNanos) {
                break;
            }
            if (entry.captureTimeNanos() >= sinceNanos) {
                entry.pose().ifPresent(poses::add);
            }
        }
        poses.sort(Comparator.comparingLong(FramePose::captureTimeNanos));
        return poses;
    }
}
