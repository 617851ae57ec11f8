package dev.aerie.slam.camera;

import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the calibration of each stream's camera.
///
/// - `config`: a file for every stream, or a folder with `<stream>.yaml`, `.yml`, `.json` or `.txt`; empty for none
/// - `horizontalDegrees`: the field of view assumed where there is no file
public record CalibrationSource(Optional<Path> config, double horizontalDegrees) {

    private static final Logger LOG = LoggerFactory.getLogger(CalibrationSource.class);
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json", ".txt");

    /// Throws [IOException] where there is a file and it cannot be used: a wrong calibration is worse than none.
    public CameraCalibration of(String stream, FrameSize size) throws IOException {
        var file = fileOf(stream);
        if (file.isPresent()) {
            return CalibrationFile.read(file.get(), size);
        }
        LOG.warn(
                "camera not calibrated stream={} cause=\"no CAMERA_CONFIG\" assumedDegreesAcross={}",
                stream,
                horizontalDegrees);
        return CameraCalibration.ofFieldOfView(size, horizontalDegrees);
    }

    private Optional<Path> fileOf(String stream) {
        return config.flatMap(path -> Files.isDirectory(path)
                ? ENDINGS.stream()
                        .map(ending -> path.resolve(stream + ending))
                        .filter(Files::isRegularFile)
                        .findFirst()
                : Optional.of(path));
    }
}
