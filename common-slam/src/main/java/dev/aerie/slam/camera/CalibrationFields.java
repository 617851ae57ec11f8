package dev.aerie.slam.camera;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.video.FrameSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The fields of one calibrated camera under the names that they go by.
///
/// - `file`: for messages
record CalibrationFields(Path file, JsonNode tree) {

    private static final String READOUT = "readout_ms";
    private static final double SAME_SHAPE = 0.01;
    private static final double ORTHONORMAL = 1e-3;

    /// Throws [CalibrationException] that names the field which is missing or wrong.
    CameraCalibration calibration(FrameSize size) throws CalibrationException {
        return new CameraCalibration(lens(ideal(size)), cameraFromBody(), readoutSeconds(), file.toString(), false);
    }

    private PinholeCamera ideal(FrameSize size) throws CalibrationException {
        double[] resolution = numbers("resolution", 2);
        double width = resolution.length == 2 ? resolution[0] : number("width", "image_width");
        double height = resolution.length == 2 ? resolution[1] : number("height", "image_height");
        double scale = size.widthPixels() / width;
        if (!(width > 0 && height > 0) || Math.abs(size.heightPixels() / height / scale - 1) > SAME_SHAPE) {
            throw wrong(
                    "size",
                    "the shape of the frames, " + size.widthPixels() + " x " + size.heightPixels() + ", was "
                            + (long) width + " x " + (long) height);
        }
        double[] f = focalAndCentre();
        return new PinholeCamera(
                size.widthPixels(),
                size.heightPixels(),
                f[0] * scale,
                f[1] * scale,
                (f[2] + 0.5) * scale - 0.5,
                (f[3] + 0.5) * scale - 0.5);
    }

    /// fx, fy, cx, cy.
    private double[] focalAndCentre() throws CalibrationException {
        double[] kalibr = numbers("intrinsics", 4);
        if (kalibr.length == 4) {
            return kalibr;
        }
        double[] ros = numbers("camera_matrix", 9);
        if (ros.length == 9) {
            return new double[] {ros[0], ros[4], ros[2], ros[5]};
        }
        return new double[] {number("fx"), number("fy"), number("cx"), number("cy")};
    }

    private CameraModel lens(PinholeCamera ideal) throws CalibrationException {
        String model = word("distortion_model", word("model", word("camera_model", "pinhole")));
        double[] d = distortion();
        return switch (model.toLowerCase(Locale.ROOT)) {
            case "pinhole", "none", "radtan", "plumb_bob", "radial_tangential" -> bent(ideal, d);
            case "fisheye", "equidistant", "kannala_brandt" -> {
                if (d.length != 4) {
                    throw wrong("distortion", "4 numbers k1 k2 k3 k4 for a fisheye, had " + d.length);
                }
                yield new FisheyeCamera(ideal, d[0], d[1], d[2], d[3]);
            }
            default -> throw wrong("model", "pinhole or fisheye, was '" + model + "'");
        };
    }

    private CameraModel bent(PinholeCamera ideal, double[] d) throws CalibrationException {
        return switch (d.length) {
            case 0 -> ideal;
            case 4 -> new RadialTangentialCamera(ideal, d[0], d[1], d[2], d[3], 0);
            case 5 -> new RadialTangentialCamera(ideal, d[0], d[1], d[2], d[3], d[4]);
            default -> throw wrong("distortion", "k1 k2 p1 p2 [k3], had " + d.length + " numbers");
        };
    }

    private double[] distortion() throws CalibrationException {
        for (String name : new String[] {"distortion", "distortion_coefficients", "distortion_coeffs"}) {
            if (tree.has(name)) {
                return allNumbers(name);
            }
        }
        return new double[0];
    }

    private RigidTransform cameraFromBody() throws CalibrationException {
        String name = tree.has("T_cam_imu") ? "T_cam_imu" : "camera_from_body";
        if (!tree.has(name)) {
            return CameraCalibration.LOOKING_FORWARD;
        }
        double[] m = numbers(name, 16);
        var transform = RigidTransform.ofRows(m);
        var square = transform.rotation().orthonormal();
        var off = Math.abs(square.m00() - m[0]) + Math.abs(square.m11() - m[5]) + Math.abs(square.m22() - m[10]);
        if (!(off < ORTHONORMAL)) {
            throw wrong(name, "a rotation in its first three columns");
        }
        return new RigidTransform(square, transform.translation());
    }

    private double readoutSeconds() throws CalibrationException {
        double millis = tree.has(READOUT) ? number(READOUT) : 0;
        if (!(millis >= 0 && millis <= 1000 * CameraCalibration.MAX_READOUT_SECONDS)) {
            throw wrong(READOUT, "0..200 milliseconds, was " + millis);
        }
        return millis / 1000;
    }

    private String word(String name, String otherwise) {
        JsonNode node = tree.path(name);
        return node.isTextual() ? node.textValue() : otherwise;
    }

    private double number(String... names) throws CalibrationException {
        for (String name : names) {
            if (tree.has(name)) {
                return number(name, tree.path(name));
            }
        }
        throw wrong(names[0], "a number, is missing");
    }

    private double number(String name, JsonNode node) throws CalibrationException {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw wrong(name, "a number, was " + node);
        }
        return node.doubleValue();
    }

    /// A list of so many, plain, nested by rows, or as `data` of a matrix; empty where there is none.
    private double[] numbers(String name, int count) throws CalibrationException {
        if (!tree.has(name)) {
            return new double[0];
        }
        double[] all = allNumbers(name);
        if (all.length != count) {
            throw wrong(name, count + " numbers, had " + all.length);
        }
        return all;
    }

    private double[] allNumbers(String name) throws CalibrationException {
        JsonNode node = tree.path(name).has("data") ? tree.path(name).path("data") : tree.path(name);
        var all = new ArrayList<Double>();
        for (JsonNode entry : node) {
            for (JsonNode inner : entry.isArray() ? entry : List.of(entry)) {
                all.add(number(name, inner));
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private CalibrationException wrong(String field, String expected) {
        return new CalibrationException(file + ": " + field + ": expected " + expected);
    }
}
