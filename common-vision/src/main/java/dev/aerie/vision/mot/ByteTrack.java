package dev.aerie.vision.mot;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Multi-object tracking by box association: matches strong detections to tracks first, then weak ones to the tracks
/// that are left over. Deterministic; used by one thread.
///
/// Source: ByteTrack (Zhang et al. 2022), algorithm 1, with camera motion as BoT-SORT (Aharon et al. 2022) adds it.
public final class ByteTrack implements MultiObjectTracker {

    /// As messages and settings name it.
    public static final String NAME = "bytetrack";

    private final ByteTrackConfig config;
    private final ByteCascade<KalmanBox> cascade;

    /// A tracker that logs nothing.
    public ByteTrack(ByteTrackConfig config) {
        this(config, Optional.empty());
    }

    /// A tracker that logs the state changes of its tracks.
    public ByteTrack(ByteTrackConfig config, Optional<TrackLog> log) {
        this.config = config;
        this.cascade = new ByteCascade<>(config, KalmanBox::new, this::strongCost, log);
    }

    @Override
    public List<BoxTrack> update(FrameDetections frame) {
        return cascade.update(frame);
    }

    /// The tracks in a frame in which nobody looked for objects: each moves on as it moved, and none counts as missed.
    ///
    /// - `cameraMotion`: since the previous call
    /// - `elapsedFrames`: frames of the stream since the previous call, at least 1
    public List<BoxTrack> coast(CameraMotion cameraMotion, long elapsedFrames, FrameSize frame) {
        return cascade.coast(cameraMotion, elapsedFrames, frame);
    }

    /// The identities of all tracks, those that are lost among them.
    public Set<Long> identities() {
        return cascade.identities();
    }

    @Override
    public void forget() {
        cascade.forget();
    }

    @Override
    public String name() {
        return NAME;
    }

    private double strongCost(TrackedBox<KalmanBox> track, Observation observation) {
        return 1
                - ByteCascade.overlap(track, observation, config.otherLabelWeight())
                        * observation.detection().score();
    }
}
