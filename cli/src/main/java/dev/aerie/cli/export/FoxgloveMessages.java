package dev.aerie.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.geometry.Rotation;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.VideoCodec;
import dev.aerie.vision.mask.ObjectColour;

/// Frames and messages of the bus as Foxglove's schemas have them, in JSON. Stateless.
final class FoxgloveMessages {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long NANOS = 1_000_000_000L;
    private static final int LINE_LOOP = 2;
    private static final int WARNING = 3;
    private static final double LINE_PIXELS = 2;
    private static final double FONT_PIXELS = 14;
    private static final double FULL = 255;

    private FoxgloveMessages() {}

    /// `foxglove.CompressedVideo`: one access unit in Annex B, parameter sets in front of each IDR frame.
    static ObjectNode video(String frameId, AccessUnit unit, long captureNanos) {
        byte[] bytes = new byte[unit.sizeBytes()];
        unit.annexB().get(bytes);
        ObjectNode video = JSON.objectNode();
        video.set("timestamp", time(captureNanos));
        video.put("frame_id", frameId).put("data", bytes);
        return video.put("format", unit.codec() == VideoCodec.H265 ? "h265" : "h264");
    }

    /// `foxglove.ImageAnnotations` of a frame result: the outline of each object, else its box, and its label.
    static ObjectNode annotations(JsonNode result) {
        var time = time(result.path("capture_time_ns").longValue());
        ObjectNode annotations = JSON.objectNode();
        annotations.putArray("circles");
        ArrayNode points = annotations.putArray("points");
        ArrayNode texts = annotations.putArray("texts");
        for (JsonNode object : result.path("objects")) {
            JsonNode box = object.path("bbox");
            double left = box.path(0).doubleValue();
            double top = box.path(1).doubleValue();
            double right = left + box.path(2).doubleValue();
            double bottom = top + box.path(3).doubleValue();
            ObjectNode color = color(object.path("id").longValue(), 1);
            ArrayNode corners = JSON.arrayNode();
            corners.add(point(left, top))
                    .add(point(right, top))
                    .add(point(right, bottom))
                    .add(point(left, bottom));
            points.add(loop(time, corners, color, color(0, 0)));
            if (object.has("polygon")) {
                ArrayNode outline = JSON.arrayNode();
                object.path("polygon")
                        .forEach(corner -> outline.add(point(
                                corner.path(0).doubleValue(), corner.path(1).doubleValue())));
                points.add(loop(time, outline, color, color(object.path("id").longValue(), 0.3)));
            }
            ObjectNode text = texts.addObject();
            text.set("timestamp", time);
            text.set("position", point(left, top));
            text.put(
                    "text",
                    object.path("label").textValue() + " " + object.path("id").longValue());
            text.put("font_size", FONT_PIXELS);
            text.set("text_color", color);
            text.set("background_color", rgba(0, 0, 0, 0.6));
        }
        return annotations;
    }

    /// `foxglove.PoseInFrame` of a camera pose, in the map's coordinates.
    static ObjectNode pose(JsonNode message) {
        JsonNode rows = message.path("pose");
        double[] rotation = new double[9];
        for (int i = 0; i < 9; i++) {
            rotation[i] = rows.path(i / 3).path(i % 3).doubleValue();
        }
        ObjectNode pose = JSON.objectNode();
        pose.set("timestamp", time(message.path("capture_time_ns").longValue()));
        pose.put("frame_id", "map");
        ObjectNode inner = pose.putObject("pose");
        inner.putObject("position")
                .put("x", rows.path(0).path(3).doubleValue())
                .put("y", rows.path(1).path(3).doubleValue())
                .put("z", rows.path(2).path(3).doubleValue());
        inner.set("orientation", orientation(rotation));
        return pose;
    }

    /// `foxglove.LocationFix` of telemetry with a position.
    static ObjectNode location(String frameId, JsonNode telemetry) {
        ObjectNode fix = JSON.objectNode();
        fix.set("timestamp", time(telemetry.path("capture_time_ns").longValue()));
        fix.put("frame_id", frameId);
        fix.put("latitude", telemetry.path("latitude").doubleValue());
        fix.put("longitude", telemetry.path("longitude").doubleValue());
        fix.put("altitude", telemetry.path("altitude_m").doubleValue());
        ArrayNode covariance = fix.putArray("position_covariance");
        for (int i = 0; i < 9; i++) {
            covariance.add(0.0);
        }
        return fix.put("position_covariance_type", 0);
    }

    /// `foxglove.Log` of an alert.
    static ObjectNode log(JsonNode alert) {
        ObjectNode log = JSON.objectNode();
        log.set("timestamp", time(alert.path("capture_time_ns").longValue()));
        log.put("level", WARNING);
        log.put(
                "message",
                alert.path("rule").textValue() + " " + alert.path("event").textValue() + ": "
                        + alert.path("label").textValue() + " "
                        + alert.path("object_id").longValue());
        return log.put("name", "alerts").put("file", "").put("line", 0);
    }

    private static ObjectNode loop(ObjectNode time, ArrayNode corners, ObjectNode outline, ObjectNode fill) {
        ObjectNode loop = JSON.objectNode();
        loop.set("timestamp", time);
        loop.put("type", LINE_LOOP);
        loop.set("points", corners);
        loop.set("outline_color", outline);
        loop.putArray("outline_colors");
        loop.set("fill_color", fill);
        return loop.put("thickness", LINE_PIXELS);
    }

    private static ObjectNode orientation(double[] r) {
        var quaternion = new Rotation(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]).toQuaternion();
        return JSON.objectNode()
                .put("x", quaternion.x())
                .put("y", quaternion.y())
                .put("z", quaternion.z())
                .put("w", quaternion.w());
    }

    private static ObjectNode time(long nanos) {
        return JSON.objectNode().put("sec", nanos / NANOS).put("nsec", nanos % NANOS);
    }

    private static ObjectNode point(double x, double y) {
        return JSON.objectNode().put("x", x).put("y", y);
    }

    private static ObjectNode color(long id, double opacity) {
        var colour = ObjectColour.of(id);
        return rgba(colour.red() / FULL, colour.green() / FULL, colour.blue() / FULL, opacity);
    }

    private static ObjectNode rgba(double red, double green, double blue, double opacity) {
        return JSON.objectNode().put("r", red).put("g", green).put("b", blue).put("a", opacity);
    }
}
