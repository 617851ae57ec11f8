package dev.aerie.slam.pipeline;

import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.inertial.InertialSlam;
import dev.aerie.slam.tuning.InertialConfig;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.util.Optional;

/// An engine, the camera it was made for, and what works beside it on the same frames.
record RunningEngine(
        SlamEngine engine,
        InertialSlam inertial,
        FrameSize size,
        CameraCalibration calibration,
        Optional<DenseMapping> dense) {

    /// Throws [IOException] where the camera's calibration cannot be used.
    ///
    /// - `readings`: of the sensor on this camera's body; lent
    static RunningEngine begin(String stream, FrameSize size, SlamContext slamContext, ImuBuffer readings)
            throws IOException {
        var calibration = slamContext.calibrations().of(stream, size);
        var engine = slamContext.engines().open(stream, calibration.camera());
        var inertial = new InertialSlam(engine, readings, calibration, InertialConfig.DEFAULT);
        var dense = slamContext
                .dense()
                .map(factory -> DenseMapping.begin(factory.open(engine::observed), calibration.camera(), engine::map));
        return new RunningEngine(engine, inertial, size, calibration, dense);
    }

    /// The surfaces of one part, as `world` has it; takes seconds.
    ///
    /// - `map`: the engine's, in its own axes and unit
    Optional<DenseCloud> surfaces(MapView map, MetricAlignment alignment) {
        return dense.map(mapping -> alignment.of(mapping.cloud(map), map.submap()));
    }
}
