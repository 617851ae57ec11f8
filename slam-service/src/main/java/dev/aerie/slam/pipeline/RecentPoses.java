package dev.aerie.slam.pipeline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.slam.engine.FramePose;
import java.util.Optional;
import java.util.TreeMap;

/// Where the camera was at the last frames, for results that come later than their frame. Safe for several
/// threads.
final class RecentPoses {

    private static final int REMEMBERED = 300;
    private static final long MAX_APART = 15;

    @GuardedBy("this")
    private final TreeMap<Long, FramePose> poses = new TreeMap<>();

    synchronized void add(FramePose pose) {
        if (!poses.isEmpty() && poses.lastEntry().getValue().submap() != pose.submap()) {
            poses.clear();
        }
        poses.put(pose.frameNumber(), pose);
        if (poses.size() > REMEMBERED) {
            poses.pollFirstEntry();
        }
    }

    synchronized void clear() {
        poses.clear();
    }

    /// World from camera at a frame, also of one between two that were looked at; empty where neither is near.
    synchronized Optional<RigidTransform> at(long frame) {
        var before = poses.floorEntry(frame);
        var after = poses.ceilingEntry(frame);
        if (before == null || after == null || after.getKey() - before.getKey() > MAX_APART) {
            return Optional.empty();
        }
        var from = before.getValue().worldFromCamera();
        var to = after.getValue().worldFromCamera();
        long apart = after.getKey() - before.getKey();
        double fraction = apart == 0 ? 0 : (double) (frame - before.getKey()) / apart;
        var rotation = from.rotation().inverse().times(to.rotation()).log();
        return Optional.of(new RigidTransform(
                from.rotation().times(Rotation.exp(rotation.times(fraction))),
                from.translation()
                        .plus(to.translation().minus(from.translation()).times(fraction))));
    }
}
