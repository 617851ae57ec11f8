package dev.aerie.slam.inertial;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.inertial.DeadReckoning.Predicted;
import dev.aerie.slam.map.BodyMotion;
import dev.aerie.slam.tuning.DeadReckoningConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way from where a submap was lost: predicted frame by frame, until the submap is found again, or until a new one
/// can be laid into the same world.
///
/// - `lost`: the submap that was lost, and how it lies in metres
/// - `seen`: frames tracked since in a new submap, with what was predicted for them; filled by [#see]
record UnseenWay(
        InertialStart lost, BodyMotion biases, DeadReckoning reckoning, DeadReckoningConfig config, List<Pair> seen) {

    /// A frame of the new submap.
    private record Pair(FramePose inMap, Predicted predicted) {}

    /// Empty where too little is known of how the camera moved when it was seen last.
    ///
    /// - `lost`: the submap
    /// - `trajectory`: its last frames
    /// - `biases`: of its newest keyframe
    static Optional<UnseenWay> begin(
            InertialStart lost, List<FramePose> trajectory, BodyMotion biases, DeadReckoningConfig config) {
        var inMetres = trajectory.stream()
                .filter(pose -> pose.submap() == lost.submap())
                .map(pose -> new FramePose(
                        pose.frameNumber(),
                        pose.captureTimeNanos(),
                        pose.submap(),
                        lost.metricFromMap().applyTo(pose.worldFromCamera())))
                .toList();
        return DeadReckoning.from(inMetres, lost.readings(), lost.cameraFromBody(), biases, config)
                .map(reckoning -> new UnseenWay(lost, biases, reckoning, config, new ArrayList<>()));
    }

    Optional<Predicted> at(long nanos) {
        return reckoning.at(nanos);
    }

    /// Where the camera can be at a moment, in a submap that lies in the same world.
    ///
    /// - `metricFromMap`: of that submap
    Optional<ExpectedPose> expected(long nanos, int submap, Sim3 metricFromMap) {
        var mapFromMetric = metricFromMap.inverse();
        return at(nanos)
                .map(predicted -> new ExpectedPose(
                        submap,
                        mapFromMetric.applyTo(predicted.worldFromCamera()),
                        config.maxSigmas() * predicted.sigmaMetres() * mapFromMetric.scale(),
                        config.maxSigmas() * predicted.sigmaRadians() + Math.toRadians(config.foundErrorDegrees())));
    }

    /// Takes a frame tracked in a new submap; returns how that submap lies in the lost one's world, once the way since
    /// its first frame is long enough to tell its scale.
    Optional<ContinuedSubmap> see(FramePose pose) {
        if (!seen.isEmpty() && seen.getFirst().inMap().submap() != pose.submap()) {
            seen.clear();
        }
        at(pose.captureTimeNanos()).ifPresent(predicted -> seen.add(new Pair(pose, predicted)));
        return seen.size() < config.minFrames() ? Optional.empty() : continued();
    }

    private Optional<ContinuedSubmap> continued() {
        var places = seen.stream()
                .map(pair -> pair.inMap().worldFromCamera().translation())
                .toList();
        var predicted = seen.stream()
                .map(pair -> pair.predicted().worldFromCamera().translation())
                .toList();
        if (!(scaleSigma(wayMetres(predicted)) < config.maxScaleSigma())) {
            return Optional.empty();
        }
        var first = seen.getFirst().inMap();
        return UmeyamaAlignment.alignTurned(rotation(), places, predicted)
                .map(metricFromMap -> new InertialStart(
                        first.submap(), metricFromMap, biases.gyroBias(), lost.readings(), lost.cameraFromBody()))
                .map(start -> new ContinuedSubmap(start, biases, first.captureTimeNanos()));
    }

    /// How long an even motion along a line would be whose places are as far from their mean.
    private static double wayMetres(List<Vector3> places) {
        var mean = UmeyamaAlignment.centre(places);
        double squares = places.stream()
                .map(place -> place.minus(mean))
                .mapToDouble(off -> off.dot(off))
                .sum();
        return Math.sqrt(12 * squares / places.size());
    }

    private double scaleSigma(double wayMetres) {
        long nanos = seen.getLast().inMap().captureTimeNanos()
                - seen.getFirst().inMap().captureTimeNanos();
        double sigmaMetres = seen.getLast().predicted().velocitySigma() * nanos / 1e9 + config.placeSigmaMetres();
        return sigmaMetres / wayMetres;
    }

    /// The mean turn from the map's axes to those of the world.
    private Rotation rotation() {
        var first = turn(seen.getFirst());
        var sum = Vector3.ZERO;
        for (var pair : seen) {
            sum = sum.plus(first.inverse().times(turn(pair)).log());
        }
        return first.times(Rotation.exp(sum.times(1.0 / seen.size()))).orthonormal();
    }

    private static Rotation turn(Pair pair) {
        return pair.predicted()
                .worldFromCamera()
                .rotation()
                .times(pair.inMap().worldFromCamera().rotation().inverse());
    }
}
