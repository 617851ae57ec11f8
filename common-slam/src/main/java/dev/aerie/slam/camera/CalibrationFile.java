package dev.aerie.slam.camera;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads calibrations: YAML or JSON of ours, of ROS (`camera_info`), of Kalibr (`camchain`), and KITTI's
/// `calib.txt`.
///
/// `docs/slam.md` gives the fields.
public final class CalibrationFile {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final int KITTI_NUMBERS = 12;

    private CalibrationFile() {}

    /// The calibration, scaled to frames of this size; throws [CalibrationException] where it cannot be used, and
    /// [IOException] where it cannot be read.
    public static CameraCalibration read(Path file, FrameSize size) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return String.valueOf(file.getFileName()).endsWith(".txt") ? kitti(file, text, size) : tree(file, text, size);
    }

    /// The first line: the projection matrix of the left grey camera, 3 × 4, row by row, with or without `P0:`
    /// before it. KITTI does not say a size: it is taken to be that of the frames.
    private static CameraCalibration kitti(Path file, String text, FrameSize size) throws CalibrationException {
        String line = text.lines().filter(l -> !l.isBlank()).findFirst().orElse("");
        String[] words = line.replaceFirst("^\\s*\\w+:", "").strip().split("\\s+", -1);
        if (words.length != KITTI_NUMBERS) {
            throw new CalibrationException(file + ": expected 12 numbers on the first line, had " + words.length);
        }
        try {
            double[] p = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
            var camera = new PinholeCamera(size.widthPixels(), size.heightPixels(), p[0], p[5], p[2], p[6]);
            return new CameraCalibration(camera, CameraCalibration.LOOKING_FORWARD, 0, file.toString(), false);
        } catch (IllegalArgumentException e) {
            throw new CalibrationException(file + ": " + e.getMessage(), e);
        }
    }

    private static CameraCalibration tree(Path file, String text, FrameSize size) throws CalibrationException {
        try {
            // OpenCV's own header is no YAML that others understand
            JsonNode tree = YAML.readTree(text.replaceFirst("^%YAML:1\\.0\\s*", ""));
            if (tree == null || !tree.isObject()) {
                throw new CalibrationException(file + ": expected fields such as fx, fy, cx, cy");
            }
            return new CalibrationFields(file, tree.has("cam0") ? tree.path("cam0") : tree).calibration(size);
        } catch (JacksonException e) {
            throw new CalibrationException(file + ": no YAML: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CalibrationException(file + ": " + e.getMessage(), e);
        }
    }
}
