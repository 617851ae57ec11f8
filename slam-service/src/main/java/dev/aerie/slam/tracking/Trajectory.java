package dev.aerie.slam.tracking;

import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.map.Anchor;
import dev.aerie.slam.map.Keyframe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Where the camera was in each picture, each relative to a keyframe, so that what the map learns later moves
/// it along.
///
/// Safe for several threads; read [#poses] inside the map's read lock.
public final class Trajectory {

    private final int most;
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(long frameNumber, long captureTimeNanos, Anchor anchor) {}

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
    public synchronized List<FramePose> poses() {
        var poses = new ArrayList<FramePose>();
        for (var entry : entries) {
            int part = entry.anchor().keyframe().part();
            if (part != Keyframe.NO_PART) {
                var cameraFromWorld = entry.anchor().cameraFromWorld();
                var worldFromCamera = cameraFromWorld.inverse().orthonormal();
                poses.add(new FramePose(entry.frameNumber(), entry.captureTimeNanos(), part, worldFromCamera));
            }
        }
        poses.sort(Comparator.comparingLong(FramePose::captureTimeNanos));
        return poses;
    }
}
