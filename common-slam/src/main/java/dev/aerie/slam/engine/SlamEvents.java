package dev.aerie.slam.engine;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs the state changes of one stream's engine, one `event key=value` line for each; `docs/slam.md` lists them.
///
/// Lengths are in the map's unit. Safe for several threads.
public final class SlamEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SlamEvents.class);

    private final String stream;

    public SlamEvents(String stream) {
        this.stream = stream;
    }

    /// - `keyframes`, `landmarks`: of the new submap
    public void initialized(long frame, int submap, int keyframes, int landmarks, double parallaxDegrees) {
        log(
                "initialized",
                "frame=%d submap=%d keyframes=%d landmarks=%d parallaxDegrees=%.2f",
                frame,
                submap,
                keyframes,
                landmarks,
                parallaxDegrees);
    }

    public void initializationRejected(long frame, String cause) {
        log("initialization rejected", "frame=%d cause=\"%s\"", frame, cause);
    }

    /// - `matches`, `inliers`: landmarks of the last attempt to find the pose
    public void trackingLost(long frame, int submap, String cause, int matches, int inliers) {
        log(
                "tracking lost",
                "frame=%d submap=%d cause=\"%s\" matches=%d inliers=%d",
                frame,
                submap,
                cause,
                matches,
                inliers);
    }

    /// - `afterFrames`: frames without a pose since tracking was lost
    public void relocalized(long frame, int submap, int keyframe, int inliers, int afterFrames) {
        log(
                "relocalized",
                "frame=%d submap=%d keyframe=%d inliers=%d afterFrames=%d",
                frame,
                submap,
                keyframe,
                inliers,
                afterFrames);
    }

    /// - `waiting`: keyframes in the queue of the mapping, which is full
    /// - `dropped`: keyframes dropped so far, this one included
    public void keyframeDropped(long frame, int waiting, long dropped) {
        log("keyframe dropped", "frame=%d waiting=%d dropped=%d", frame, waiting, dropped);
    }

    public void submapCreated(int submap, int landmarks) {
        log("submap created", "submap=%d landmarks=%d", submap, landmarks);
    }

    public void submapDropped(int submap, int keyframes) {
        log("submap dropped", "submap=%d keyframes=%d", submap, keyframes);
    }

    /// - `metresPerUnit`: of the submap
    public void inertialStarted(int submap, double metresPerUnit) {
        log("inertial adjustment started", "submap=%d metresPerUnit=%.4f", submap, metresPerUnit);
    }

    /// - `correction`: what moves the newer keyframe
    public void loopClosed(int keyframe, int olderKeyframe, int matches, Correction correction) {
        log("loop closed", "keyframe=%d olderKeyframe=%d matches=%d %s", keyframe, olderKeyframe, matches, correction);
    }

    /// - `scale`: of the merged submap's unit in that of the other
    public void submapsMerged(int submap, int into, int keyframe, int olderKeyframe, int matches, double scale) {
        log(
                "submap merged",
                "submap=%d into=%d keyframe=%d olderKeyframe=%d matches=%d scale=%.4f",
                submap,
                into,
                keyframe,
                olderKeyframe,
                matches,
                scale);
    }

    /// A loop's correction of a keyframe's pose.
    public record Correction(double distance, double degrees, double scale) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "distance=%.4f degrees=%.3f scale=%.4f", distance, degrees, scale);
        }
    }

    @FormatMethod
    private void log(String event, @FormatString String keys, Object... values) {
        LOG.info("{} stream={} {}", event, stream, String.format(Locale.ROOT, keys, values));
    }
}
