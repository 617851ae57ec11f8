package dev.aerie.ptz.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.files.PrivateFolder;
import dev.aerie.ptz.calibration.Calibration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What cameras have measured of themselves, one file each, `calibration-NAME.json`: kept apart from what people
/// configured.
///
/// - `folder`: made when something is kept
record CalibrationFiles(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(CalibrationFiles.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Empty where there is none, or where it cannot be read, which is logged.
    Optional<Calibration> read(String camera) {
        Path file = file(camera);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Calibration.class));
        } catch (IOException e) {
            LOG.warn("calibration not read camera={} cause={}", camera, e.getMessage());
            return Optional.empty();
        }
    }

    /// All of it or nothing; a failure is logged.
    void write(String camera, Calibration calibration) {
        try {
            var _ = PrivateFolder.create(folder);
            Path part = Files.createTempFile(folder, "calibration-", ".part");
            JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), calibration);
            Files.move(part, file(camera), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("calibration not kept camera={} cause={}", camera, e.toString());
        }
    }

    private Path file(String camera) {
        return folder.resolve("calibration-" + camera + ".json");
    }
}
