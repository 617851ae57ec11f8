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

/// Where the camera was in each picture, each relative to a keyframe, so that what the map learns later moves
/// it along.
///
/// Safe for several threads; read [#poses] inside the map's read lock.
public final class Trajectory {

    /// Pictures seen while a map was being begun get their poses after those that followed.
    private static final long MOST_DISORDER_NANOS = 10_000_000_000L;

    private final int most;
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(long frameNumber, long captureTimeNanos, Anchor anchor) {

        Optional<FramePose> pose() {
            int part = anchor.keyframe().part();
            if (part == Keyframe.NO_PART) {
                return Optional.empty();
            }
            var worldFromCamera = anchor.cameraFromWorld().inverse().orthonormal();
            return Optional.of(new FramePose(frameNumber, captureTimeNanos, part, worldFromCamera));
        }
    }

    /// - `most`: poses to remember; the oldest give way
    public Trajectory(int most) {
        this.most = most;
    }

    synchronized void add(Frame frame, Anchor anchor) {
        var shot = frame.shot();
        entries.addLast(new Entry(shot.frameNumber(), shot.captureTimeNanos(), anchor));
        if (entries.size() > most) {
            entries.removeFirst();
        }
    }

    public synchronized void clear() {
        entries.clear();
    }

    /// All poses as the map knows them now, by capture time; without those whose part was given up.
    public List<FramePose> poses() {
        return poses(Long.MIN_VALUE);
    }

    /// Those of pictures taken at some moment or later.
    public synchronized List<FramePose> poses(long sinceNanos) {
        var poses = new ArrayList<FramePose>();
        for (var newestFirst = entries.descendingIterator(); newestFirst.hasNext(); ) {
            var entry = newestFirst.next();
            if (entry.captureTimeNanos() + MOST_DISORDER_NANOS < sinceNanos) {
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
