package dev.aerie.slam.mapping;

import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.solve.BundleAdjustment;
import dev.aerie.slam.tuning.MappingConfig;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Adjusts keyframes and landmarks of the map to each other: works on a copy, writes back under the map's lock.
///
/// Used by the mapping thread. Source: ORB-SLAM (Mur-Artal et al. 2015), section VI.D.
public final class BundleAdjuster {

    /// With more, the readings of the last minute say little about the whole.
    private static final int MAX_STARTING_KEYFRAMES = 150;

    private static final int STARTING_ITERATIONS = 12;
    private static final double MAX_SCALE_CHANGE = 1.25;
    private static final double MAX_MEAN_CHI2 = 4;

    private final SlamMap map;
    private final MappingConfig config;
    private final InertialMap inertial;

    public BundleAdjuster(SlamMap map, MappingConfig config, InertialMap inertial) {
        this.map = map;
        this.config = config;
        this.inertial = inertial;
    }

    /// Adjusts a keyframe, its best neighbours and all that they see; those around hold still.
    ///
    /// - `isPressed`: whether more keyframes wait; then it ends early
    public void adjustAround(Keyframe centre, BooleanSupplier isPressed) {
        var free = new LinkedHashSet<Keyframe>();
        free.add(centre);
        free.addAll(centre.covisibility().best(config.maxLocalKeyframes() - 1));
        adjust(free, inertial.of(centre.submap()), isPressed);
    }

    /// Adjusts a whole submap; its oldest keyframe holds still.
    public void adjustSubmap(int submap) {
        adjust(new LinkedHashSet<>(map.keyframesOf(submap)), Optional.empty(), () -> false);
    }

    private void adjust(Set<Keyframe> free, Optional<InertialStart> readings, BooleanSupplier isPressed) {
        var problem = AdjustmentProblem.of(map, free, readings, inertial.noise());
        if (problem.isEmpty()) {
            return;
        }
        var adjustment = new BundleAdjustment(problem.equations());
        adjustment.run(config.robustIterations(), true, isPressed);
        if (!isPressed.getAsBoolean()) {
            adjustment.markOutliers();
            adjustment.run(config.finalIterations(), false, isPressed);
            adjustment.markOutliers();
        }
        if (problem.isWholeMap() && !problem.isInertial()) {
            problem.keepScale();
        }
        map.write(problem::writeBack);
    }

    /// Lets an inertial sensor's readings take part in a submap from now on, if keyframes and readings agree: adjusts
    /// the whole submap with them, tilt, scale, velocities and biases included. Returns whether they agree.
    public boolean startInertial(InertialStart start) {
        var scale = adjustInertially(start);
        scale.ifPresent(_ -> inertial.begin(start, newestNanos(start.submap())));
        return scale.isPresent();
    }

    private long newestNanos(int submap) {
        return map.keyframesOf(submap).getLast().frameFeatures().captureTimeNanos();
    }

    /// As [#startInertial], for a submap in which readings take part already: once more of them are there.
    void refineInertial(int submap) {
        inertial.of(submap).ifPresent(this::adjustInertially);
    }

    private Optional<Double> adjustInertially(InertialStart start) {
        var keyframes = map.keyframesOf(start.submap());
        if (keyframes.size() < 2 || keyframes.size() > MAX_STARTING_KEYFRAMES) {
            return Optional.empty();
        }
        var problem = AdjustmentProblem.ofWholeSubmap(map, new LinkedHashSet<>(keyframes), start, inertial.noise());
        if (!problem.isInertial()) {
            return Optional.empty();
        }
        var adjustment = new BundleAdjustment(problem.equations());
        adjustment.runToTheEnd(STARTING_ITERATIONS, true);
        adjustment.markOutliers();
        adjustment.runToTheEnd(STARTING_ITERATIONS, false);
        adjustment.markOutliers();
        double scale = problem.scaleChange();
        double chi2 = problem.meanInertialChi2();
        if (!(scale < MAX_SCALE_CHANGE && scale > 1 / MAX_SCALE_CHANGE && chi2 < MAX_MEAN_CHI2)) {
            return Optional.empty();
        }
        map.write(problem::writeBack);
        return Optional.of(scale);
    }
}
