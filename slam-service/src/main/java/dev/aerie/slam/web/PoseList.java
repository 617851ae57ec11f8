package dev.aerie.slam.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.messages.Transform;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.output.PoseMatrix;
import dev.aerie.slam.pipeline.SlamWorker;
import java.util.List;

/// Poses as HTTP gives them.
///
/// - `scale`: whether their unit is a metre
public record PoseList(String stream, String session, Scale scale, List<Entry> poses) {

    /// One frame's pose: world from camera.
    public record Entry(
            @JsonProperty("frame_number") long frameNumber,
            @JsonProperty("capture_time_ns") long captureTimeNanos,
            Transform pose) {}

    static PoseList of(SlamWorker work, List<FramePose> poses) {
        return new PoseList(
                work.stream(),
                work.session(),
                work.scale(),
                poses.stream()
                        .map(pose -> new Entry(
                                pose.frameNumber(),
                                pose.captureTimeNanos(),
                                PoseMatrix.message(pose.worldFromCamera())))
                        .toList());
    }
}
