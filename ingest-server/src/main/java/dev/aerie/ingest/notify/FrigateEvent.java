package dev.aerie.ingest.notify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.ingest.watch.TrackChange;
import dev.aerie.ingest.watch.TrackChange.Kind;
import dev.aerie.ingest.watch.TrackChange.Track;

/// A track as Frigate's topic `frigate/events` tells of it: `{"type": "new", "before": {…}, "after": {…}}`, with the
/// fields of Frigate's documentation that we know, under its names, times in seconds, boxes as left, top, right,
/// bottom.
///
/// Beside them stand `session`, `frame_number` and `object_id`, which lead to the frame.
final class FrigateEvent {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final double NANOS = 1e9;

    private FrigateEvent() {}

    static String of(TrackChange change) {
        boolean isOver = change.kind() == Kind.ENDED;
        var before = change.before() == null ? change.after() : change.before();
        ObjectNode event = JSON.createObjectNode();
        event.put("type", type(change.kind()));
        event.set("before", object(before, false));
        event.set("after", object(change.after(), isOver));
        return event.toString();
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case BEGAN -> "new";
            case UPDATED -> "update";
            case ENDED -> "end";
        };
    }

    private static ObjectNode object(Track track, boolean isOver) {
        var frame = track.result().envelope().frameId();
        var object = track.object();
        var box = object.box();
        double lastSeconds = track.lastNanos() / NANOS;
        ObjectNode json = JSON.createObjectNode();
        json.put("id", track.id()).put("camera", track.stream()).put("frame_time", lastSeconds);
        json.put("label", object.label()).putNull("sub_label");
        json.put("score", object.score()).put("top_score", track.topScore()).put("false_positive", false);
        json.put("start_time", track.firstNanos() / NANOS);
        json.put("end_time", isOver ? (Double) lastSeconds : null);
        json.putArray("box")
                .add(Math.round(box.leftPixels()))
                .add(Math.round(box.topPixels()))
                .add(Math.round(box.rightPixels()))
                .add(Math.round(box.bottomPixels()));
        json.put("area", Math.round(object.areaPixels()));
        json.put("ratio", box.heightPixels() > 0 ? box.widthPixels() / box.heightPixels() : 0);
        json.put("active", !isOver).put("stationary", false);
        json.putArray("current_zones");
        json.putArray("entered_zones");
        json.put("has_clip", false).put("has_snapshot", false);
        json.put("session", frame.session()).put("frame_number", frame.frameNumber());
        return json.put("object_id", object.id());
    }
}
