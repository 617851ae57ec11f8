package dev.aerie.slam.pipeline;

import dev.aerie.messages.CameraPose.Scale;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How one part of the map lies in the world: in metres with Z up once that is known, else as the engine has it.
///
/// - `part`: which; others are left as they are
record MetricAlignment(Optional<Sim3> worldFromMap, int submap) {

    static final MetricAlignment UNKNOWN = new MetricAlignment(Optional.empty(), -1);

    static MetricAlignment of(Optional<Sim3> worldFromMap, int submap) {
        return new MetricAlignment(worldFromMap, submap);
    }

    Scale scale() {
        return worldFromMap.isPresent() ? Scale.METRIC : Scale.ARBITRARY;
    }

    FramePose of(FramePose pose) {
        if (worldFromMap.isEmpty() || pose.submap() != submap) {
            return pose;
        }
        return new FramePose(
                pose.frameNumber(),
                pose.captureTimeNanos(),
                pose.submap(),
                worldFromMap.get().applyTo(pose.worldFromCamera()));
    }

    /// The covariance's translation is along the camera's axes: only its unit changes.
    TrackedFrame of(TrackedFrame frame) {
        if (worldFromMap.isEmpty()) {
            return frame;
        }
        return new TrackedFrame(
                frame.state(),
                frame.pose().map(this::of),
                frame.keyframe(),
                frame.mapPoints(),
                scaled(frame.covariance(), worldFromMap.get().scale()));
    }

    MapView of(MapView map) {
        if (worldFromMap.isEmpty() || map.submap() != submap) {
            return map;
        }
        var change = worldFromMap.get();
        return new MapView(
                map.version(),
                map.submap(),
                map.keyframes().stream().map(this::of).toList(),
                map.points().stream().map(change::apply).toList());
    }

    DenseCloud of(DenseCloud cloud, int itsSubmap) {
        if (worldFromMap.isEmpty() || itsSubmap != submap) {
            return cloud;
        }
        return new DenseCloud(
                cloud.points().stream().map(worldFromMap.get()::apply).toList(), cloud.colours());
    }

    /// Those of one part.
    List<FramePose> of(List<FramePose> poses, int wantedSubmap) {
        return poses.stream()
                .filter(pose -> pose.submap() == wantedSubmap)
                .map(this::of)
                .toList();
    }

    private static List<Double> scaled(List<Double> covariance, double scale) {
        List<Double> scaled = new ArrayList<>();
        for (int i = 0; i < covariance.size(); i++) {
            double row = Math.floorDiv(i, 6) < 3 ? scale : 1;
            double column = i % 6 < 3 ? scale : 1;
            scaled.add(covariance.get(i) * row * column);
        }
        return scaled;
    }
}
