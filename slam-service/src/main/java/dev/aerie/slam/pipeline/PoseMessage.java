package dev.aerie.slam.pipeline;

import dev.aerie.messages.CameraPose;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.Producer;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.output.PoseMatrix;
import dev.aerie.video.FrameStamp;
import java.time.Instant;

/// Says on the bus what came of a frame.
final class PoseMessage {

    private PoseMessage() {}

    static CameraPose of(
            FrameStamp stamp, TrackedFrame tracked, CameraPose.Scale scale, Instant madeAt, Producer producer) {
        return new CameraPose(
                Envelope.ofFrame(stamp.id(), stamp.captureTimeNanos(), stamp.clock(), madeAt, producer),
                tracked.pose()
                        .map(pose -> PoseMatrix.message(pose.worldFromCamera()))
                        .orElse(null),
                scale,
                tracked.state(),
                tracked.keyframe(),
                tracked.mapPoints(),
                tracked.covariance().isEmpty() ? null : tracked.covariance());
    }
}
