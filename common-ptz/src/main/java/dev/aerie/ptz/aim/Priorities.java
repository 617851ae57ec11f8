package dev.aerie.ptz.aim;

import java.util.List;
import java.util.Map;

/// Whom to follow rather than others.
///
/// - `labelWeights`: by label; `otherWeight`: of every label that is not listed. 0: never chosen, unless a person does
/// - `zones`: their weights multiply where they overlap
public record Priorities(Map<String, Double> labelWeights, double otherWeight, List<Zone> zones) {

    /// People first, everything else at half their weight, no zones.
    public static final Priorities DEFAULT = new Priorities(Map.of("person", 1.0), 0.5, List.of());

    public Priorities {
        labelWeights = Map.copyOf(labelWeights);
        zones = List.copyOf(zones);
        labelWeights.forEach(Priorities::requireWeight);
        requireWeight("otherWeight", otherWeight);
    }

    private static void requireWeight(String of, double weight) {
        if (!(weight >= 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight of " + of + " must be >= 0, was " + weight);
        }
    }

    /// 0 for a track that is not to be chosen by itself.
    double weightOf(MovingTrack track) {
        return labelWeights.getOrDefault(track.track().label(), otherWeight) * zoneWeightOf(track);
    }

    /// Of the zones alone, for a label that a person asked for.
    double zoneWeightOf(MovingTrack track) {
        double weight = 1;
        for (var zone : zones) {
            if (zone.area().contains(track.foot(), track.footDirection())) {
                weight *= zone.weight();
            }
        }
        return weight;
    }
}
