package dev.aerie.slam.pipeline;

import dev.aerie.slam.camera.CameraCalibration;
import dev.aerie.slam.dense.DenseCloud;
import dev.aerie.slam.engine.MapView;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.InertialScale;
import dev.aerie.video.PictureSize;
import java.io.IOException;
import java.util.Optional;

/// An engine, the camera it was made for, and what works beside it on the same pictures.
record RunningEngine(
        SlamEngine engine,
        InertialScale scale,
        PictureSize size,
        CameraCalibration calibration,
        Optional<DenseMapping> dense) {

    /// Throws [IOException] where the camera's calibration cannot be used.
    ///
    /// - `readings`: of the sensor on this camera's body; lent
    static RunningEngine begin(String stream, PictureSize size, Pipeline pipeline, ImuBuffer readings)
            throws IOException {
        var calibration = pipeline.calibrations().of(stream, size);
        var engine = pipeline.engines().open(calibration.camera());
        var scale =
                new InertialScale(readings, calibration.cameraFromBody(), calibration.estimated(), engine::trajectory);
        var dense =
                pipeline.dense().map(factory -> DenseMapping.begin(factory.open(), calibration.camera(), engine::map));
        return new RunningEngine(engine, scale, size, calibration, dense);
    }

    /// The surfaces of one part, as `world` has it; takes seconds.
    ///
    /// - `map`: the engine's, in its own axes and unit
    Optional<DenseCloud> surfaces(MapView map, MetricWorld world) {
        return dense.map(mapping -> world.of(mapping.cloud(map), map.part()));
    }
}
