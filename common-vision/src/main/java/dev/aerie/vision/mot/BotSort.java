package dev.aerie.vision.mot;

import dev.aerie.vision.reid.Embedding;
import java.util.List;
import java.util.Optional;

/// ByteTrack's order of matching with another motion and with looks: width and height have speeds of their own, the
/// camera's motion is compensated, and a strong detection may match by its embedding where the boxes overlap somewhat.
///
/// Without embeddings it matches by boxes alone. Deterministic; used by one thread. Source: BoT-SORT (Aharon et al.
/// 2022), sections 3.1 to 3.3; a homography stands for its affine camera motion.
public final class BotSort implements MultiObjectTracker {

    /// As messages and settings name it.
    public static final String NAME = "botsort";

    private static final double LOOK_WEIGHT = 0.5;

    private final BotSortConfig config;
    private final ByteCascade<KalmanSides> cascade;

    /// A tracker that logs nothing.
    public BotSort(BotSortConfig config) {
        this(config, Optional.empty());
    }

    /// A tracker that logs the state changes of its tracks.
    public BotSort(BotSortConfig config, Optional<TrackLog> log) {
        this.config = config;
        this.cascade = new ByteCascade<>(
                config.cascade(), first -> new KalmanSides(first, config.speedNoise()), this::strongCost, log);
    }

    @Override
    public List<BoxTrack> update(FrameDetections frame) {
        return cascade.update(frame);
    }

    @Override
    public void forget() {
        cascade.forget();
    }

    @Override
    public String name() {
        return NAME;
    }

    /// The lesser of the cost by boxes and the cost by looks.
    private double strongCost(TrackedBox<KalmanSides> track, Observation observation) {
        double overlap =
                ByteCascade.overlap(track, observation, config.cascade().otherLabelWeight());
        double boxCost = 1 - overlap * observation.detection().score();
        Embedding seen = observation.embedding();
        if (seen == null || track.look().isEmpty() || 1 - overlap >= config.maxLookOverlapCost()) {
            return boxCost;
        }
        double lookDistance = (1 - track.look().get().similarityTo(seen)) / 2;
        return lookDistance < config.maxLookDistance() ? Math.min(boxCost, LOOK_WEIGHT * lookDistance) : boxCost;
    }
}
