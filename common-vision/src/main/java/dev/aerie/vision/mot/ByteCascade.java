package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.motion.CameraMotion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The order of matching that [ByteTrack] and [BotSort] share: strong detections with confirmed tracks, weak ones with
/// those that are left over and were detected just before, strong ones that are left over with tentative tracks.
///
/// Source: ByteTrack (Zhang et al. 2022), algorithm 1.
final class ByteCascade<M extends BoxMotion> {

    private final ByteTrackConfig config;
    private final TrackTable<M> tracks;
    private final Association<M> association = new Association<>();
    private final Association.PairCost<M> strongCost;

    /// - `strongCost`: of a match with a strong detection
    ByteCascade(
            ByteTrackConfig config,
            Function<Box, M> newMotion,
            Association.PairCost<M> strongCost,
            Optional<TrackLog> log) {
        this.config = config;
        this.tracks = new TrackTable<>(newMotion, log);
        this.strongCost = strongCost;
    }

    List<BoxTrack> update(FrameDetections frame) {
        tracks.predict(frame.cameraMotion(), frame.elapsedFrames());
        var strong = Observation.between(frame, config.highScore(), Double.POSITIVE_INFINITY);
        var weak = Observation.between(frame, config.lowScore(), config.highScore());

        var unmatched = association.match(tracks.confirmed(true), strong, strongCost, config.maxStrongCost());
        var recent = unmatched.stream()
                .filter(track -> track.missedFrames() == frame.elapsedFrames())
                .toList();
        association.match(recent, weak, this::overlapCost, config.maxWeakCost());
        tracks.remove(association.match(tracks.confirmed(false), strong, strongCost, config.maxTentativeCost()));
        tracks.start(strong, config.newScore(), config.confirmHits());

        tracks.endMissed(config.bufferFrames());
        frame.frame().ifPresent(tracks::endOutside);
        tracks.endDuplicates(config.duplicateOverlap());
        return tracks.report(config.coastFrames());
    }

    List<BoxTrack> coast(CameraMotion cameraMotion, long elapsedFrames, FrameSize frame) {
        tracks.coast(cameraMotion, elapsedFrames);
        tracks.endOutside(frame);
        return tracks.report(config.coastFrames());
    }

    Set<Long> identities() {
        return tracks.identities();
    }

    void forget() {
        tracks.forget();
    }

    private double overlapCost(TrackedBox<M> track, Observation observation) {
        return 1 - overlap(track, observation, config.otherLabelWeight());
    }

    /// Intersection over union, weighted where the labels differ; 0..1.
    static double overlap(TrackedBox<?> track, Observation observation, double otherLabelWeight) {
        double overlap = track.box().overlapWith(observation.box());
        boolean isSameLabel = track.label().equals(observation.detection().label());
        return overlap * (isSameLabel ? 1 : otherLabelWeight);
    }
}
