package dev.aerie.slam.map;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.ScaleLevels;
import dev.aerie.slam.tuning.CullingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A point of the world that keyframes see.
///
/// Changed by the mapping thread alone, under the map's write lock; read by others under its read lock. The
/// counters are the tracker's.
public final class Landmark {

    private static final int MIN_STABLE_OBSERVERS = 4;
    private static final long MIN_STABLE_NANOS = 1_000_000_000L;

    private final long id;
    private final int firstKeyframe;
    private final Map<Keyframe, Integer> observations = new LinkedHashMap<>();
    private Vector3 position;
    private Vector3 meanDirection = Vector3.ZERO;
    private double nearestDistance;
    private double farthestDistance;
    private Descriptor descriptor;
    private @Nullable Landmark replacement;
    private boolean isRemoved;
    private boolean isStable;
    private int timesExpected = 1;
    private int timesFound = 1;
    private int timesJudged;
    private int timesCovered;

    /// - `firstKeyframe`: number of the keyframe that it was made with
    Landmark(long id, Vector3 position, Descriptor descriptor, int firstKeyframe) {
        this.id = id;
        this.position = position;
        this.descriptor = descriptor;
        this.firstKeyframe = firstKeyframe;
    }

    public long id() {
        return id;
    }

    public int firstKeyframe() {
        return firstKeyframe;
    }

    /// In the world's axes.
    public Vector3 position() {
        return position;
    }

    /// Moves the point; [#refresh] must follow once everything has moved.
    public void moveTo(Vector3 newPosition) {
        position = newPosition;
    }

    /// Which feature of which keyframe shows it, in the order in which they were found.
    public Map<Keyframe, Integer> observations() {
        return observations;
    }

    public boolean isSeenBy(Keyframe keyframe) {
        return observations.containsKey(keyframe);
    }

    /// The descriptor that is nearest to all others seen of it.
    public Descriptor descriptor() {
        return descriptor;
    }

    public boolean isRemoved() {
        return isRemoved;
    }

    /// What it was fused into, followed to the end; itself if it lives, nothing if it is gone.
    public Optional<Landmark> current() {
        var landmark = this;
        while (landmark.replacement != null) {
            landmark = landmark.replacement;
        }
        return landmark.isRemoved ? Optional.empty() : Optional.of(landmark);
    }

    void markRemoved(@Nullable Landmark replacedBy) {
        isRemoved = true;
        replacement = replacedBy;
    }

    void addCountsOf(Landmark other) {
        timesExpected += other.timesExpected;
        timesFound += other.timesFound;
        timesJudged += other.timesJudged;
        timesCovered += other.timesCovered;
    }

    /// The tracker looked for it where it should be.
    public void countExpected() {
        timesExpected++;
    }

    /// The tracker found it.
    public void countFound() {
        timesFound++;
    }

    /// How often it was found where it was expected, 0..1.
    public double foundRatio() {
        return (double) timesFound / timesExpected;
    }

    /// Whether it is mostly missing where it should be: what it was has moved on, or its place is wrong.
    public boolean isMissing(CullingConfig config) {
        double min = isStable ? config.minFoundRatioOfStable() : config.minFoundRatioOfMissing();
        return timesExpected >= config.minTimesExpected() && foundRatio() < min;
    }

    /// A frame that showed it has got its mask.
    ///
    /// - `isCovered`: whether the mask of what may move covers it there
    public void judge(boolean isCovered) {
        timesJudged++;
        timesCovered += isCovered ? 1 : 0;
    }

    /// Whether masks mostly cover it: it is part of something that may move.
    public boolean isMovable(CullingConfig config) {
        return timesCovered >= config.minTimesCovered() && timesCovered > config.maxCoveredFraction() * timesJudged;
    }

    /// The unit vector of the mean direction from which it was seen: from camera to point.
    public Vector3 meanDirection() {
        return meanDirection;
    }

    /// Whether it can be expected to be recognised at a distance: within the levels of the pyramid, and a
    /// margin.
    ///
    /// - `marginFactor`: from 1 on
    public boolean canBeSeenAt(double distance, double marginFactor) {
        return distance > nearestDistance / marginFactor && distance < farthestDistance * marginFactor;
    }

    /// The level of the pyramid in which it should show at a distance.
    public int octaveAt(double distance) {
        return ScaleLevels.octaveFor(farthestDistance / distance);
    }

    /// Whether keyframes have seen it in one position for a second: points that move, or whose depth is uncertain,
    /// seldom become stable.
    public boolean isStable() {
        return isStable;
    }

    /// Works out descriptor, direction and distances anew from who sees it.
    public void refresh() {
        if (observations.isEmpty()) {
            return;
        }
        var sum = Vector3.ZERO;
        for (var keyframe : observations.keySet()) {
            sum = sum.plus(position.minus(keyframe.position()).normalized());
        }
        meanDirection = sum.normalized();
        var first = observations.entrySet().iterator().next();
        double distance = position.distanceTo(first.getKey().position());
        int octave = first.getKey().features().keypoint(first.getValue()).octave();
        farthestDistance = distance * ScaleLevels.scale(octave);
        nearestDistance = farthestDistance / ScaleLevels.scale(ScaleLevels.COUNT - 1);
        descriptor = medianDescriptor();
        isStable = observations.size() >= MIN_STABLE_OBSERVERS && seenForNanos() >= MIN_STABLE_NANOS;
    }

    private long seenForNanos() {
        var times = observations.keySet().stream()
                .mapToLong(keyframe -> keyframe.frameFeatures().captureTimeNanos())
                .summaryStatistics();
        return times.getMax() - times.getMin();
    }

    private Descriptor medianDescriptor() {
        List<Descriptor> seen = new ArrayList<>();
        observations.forEach((keyframe, index) -> seen.add(keyframe.features().descriptor(index)));
        var best = seen.getFirst();
        long min = Long.MAX_VALUE;
        for (var candidate : seen) {
            long sum = 0;
            for (var other : seen) {
                sum += candidate.distanceTo(other);
            }
            if (sum < min) {
                min = sum;
                best = candidate;
            }
        }
        return best;
    }
}
