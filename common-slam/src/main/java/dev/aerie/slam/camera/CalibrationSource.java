package dev.aerie.slam.camera;

import dev.aerie.settings.cameras.CameraSettingsFile;
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
/// - `config`: a file for every stream, or a folder with `<stream>.yaml`, `.yml`, `.json` or `.txt`, or a
///   `camera_settings.json`, of which the stream's field of view at zoom 1 is taken; empty for none
/// - `horizontalDegrees`: the field of view assumed where there is no file
public record CalibrationSource(Optional<Path> config, double horizontalDegrees) {

    private static final Logger LOG = LoggerFactory.getLogger(CalibrationSource.class);
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json", ".txt");

    /// Throws [IOException] where there is a file and it cannot be used: a wrong calibration is worse than none.
    public CameraCalibration of(String stream, FrameSize size) throws IOException {
        var file = fileOf(stream);
        if (file.isPresent() && CameraSettingsFile.isOne(file.get())) {
            return ofSettings(file.get(), stream, size);
        }
        if (file.isPresent()) {
            return CalibrationFile.read(file.get(), size);
        }
        return assumed(stream, size, "no CAMERA_CONFIG");
    }

    private CameraCalibration ofSettings(Path file, String stream, FrameSize size) throws IOException {
        try {
            var view = CameraSettingsFile.read(file).fieldOfView(stream);
            if (view.isEmpty()) {
                return assumed(stream, size, "no hfov_degrees in CAMERA_CONFIG");
            }
            return CameraCalibration.ofFieldOfView(size, view.get().horizontalDegrees(1));
        } catch (IllegalArgumentException wrong) {
            throw new CalibrationException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    private CameraCalibration assumed(String stream, FrameSize size, String cause) {
        LOG.warn(
                "camera not calibrated stream={} cause=\"{}\" assumedDegreesAcross={}",
                stream,
                cause,
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
