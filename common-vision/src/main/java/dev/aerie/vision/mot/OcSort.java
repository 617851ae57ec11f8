package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Multi-object tracking that relies on observations: a match is cheap where the boxes overlap and the track keeps its
/// direction; what is left over is matched with the last observed boxes; a gap is filled by a straight line.
/// Deterministic; used by one thread.
///
/// Source: OC-SORT (Cao et al. 2023), sections 4.1 to 4.3: observation-centric re-update, momentum and recovery. Ours:
/// BoT-SORT's filter, whose noise is in proportion to the object, the detection's score as ByteTrack weighs it, and the
/// camera's motion.
public final class OcSort implements MultiObjectTracker {

    /// As messages and settings name it.
    public static final String NAME = "ocsort";

    /// Above any cost of a pair that may match.
    private static final double FORBIDDEN = 1e6;

    private final OcSortConfig config;
    private final TrackTable<ObservedMotion> tracks;
    private final Association<ObservedMotion> association = new Association<>();

    /// A tracker that logs nothing.
    public OcSort(OcSortConfig config) {
        this(config, Optional.empty());
    }

    /// A tracker that logs the state changes of its tracks.
    public OcSort(OcSortConfig config, Optional<TrackLog> log) {
        this.config = config;
        this.tracks =
                new TrackTable<>(first -> new ObservedMotion(first, config.momentumFrames(), config.speedNoise()), log);
    }

    @Override
    public List<BoxTrack> update(FrameDetections frame) {
        tracks.predict(frame.cameraMotion(), frame.elapsedFrames());
        var open = Observation.between(frame, config.minScore(), Double.POSITIVE_INFINITY);
        var tentative = tracks.confirmed(false);

        var unmatched = association.match(all(tentative), open, this::cost, FORBIDDEN);
        unmatched = association.match(unmatched, open, this::recoveryCost, FORBIDDEN);
        unmatched.retainAll(tentative);
        tracks.remove(unmatched);
        tracks.start(open, config.newScore(), config.confirmHits());

        tracks.endMissed(config.bufferFrames());
        frame.frame().ifPresent(tracks::endOutside);
        return tracks.report(config.coastFrames());
    }

    @Override
    public void forget() {
        tracks.forget();
    }

    @Override
    public String name() {
        return NAME;
    }

    private List<TrackedBox<ObservedMotion>> all(List<TrackedBox<ObservedMotion>> tentative) {
        var all = new ArrayList<>(tracks.confirmed(true));
        all.addAll(tentative);
        return all;
    }

    /// By the predicted box and the direction.
    private double cost(TrackedBox<ObservedMotion> track, Observation observation) {
        double overlap = overlap(track.box(), track, observation)
                * observation.detection().score();
        if (overlap < config.minOverlap()) {
            return FORBIDDEN;
        }
        return 1 - overlap + config.momentumWeight() * track.motion().turnTo(observation.box());
    }

    /// By the last observed box.
    private double recoveryCost(TrackedBox<ObservedMotion> track, Observation observation) {
        double overlap = overlap(track.motion().lastObserved(), track, observation);
        return overlap < config.minRecoveryOverlap() ? FORBIDDEN : 1 - overlap;
    }

    private double overlap(Box box, TrackedBox<ObservedMotion> track, Observation observation) {
        boolean isSameLabel = track.label().equals(observation.detection().label());
        return box.overlapWith(observation.box()) * (isSameLabel ? 1 : config.otherLabelWeight());
    }
}
