package dev.aerie.ingest.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.ingest.watch.TrackChange;
import dev.aerie.messages.Alert;
import dev.aerie.messages.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;

/// The body of a webhook: `{"type": "alert.began", "timestamp": "2026-11-23T18:00:00Z", "data": {…}}`.
record EventText(String type, String json) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The message as the bus carries it.
    static EventText of(Alert alert, Instant now) {
        try {
            return of("alert." + lower(alert.event()), now, JSON.readTree(Messages.write(alert)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The object as in its frame result, with the frame and what is known of the whole track.
    static EventText of(TrackChange change, Instant now) {
        var track = change.after();
        var frame = track.result().envelope().frameId();
        var object = track.object();
        ObjectNode data = JSON.createObjectNode();
        data.put("track", track.id()).put("stream", frame.stream()).put("session", frame.session());
        data.put("frame_number", frame.frameNumber()).put("capture_time_ns", track.lastNanos());
        data.put("object_id", object.id()).put("label", object.label()).put("score", object.score());
        data.put("top_score", track.topScore()).put("seconds", (track.lastNanos() - track.firstNanos()) / 1e9);
        data.put("width", track.result().widthPixels())
                .put("height", track.result().heightPixels());
        var box = object.box();
        data.putArray("bbox")
                .add(box.leftPixels())
                .add(box.topPixels())
                .add(box.widthPixels())
                .add(box.heightPixels());
        return of("track." + lower(change.kind()), now, data);
    }

    private static EventText of(String type, Instant now, JsonNode data) {
        ObjectNode event = JSON.createObjectNode();
        event.put("type", type).put("timestamp", now.toString()).set("data", data);
        try {
            return new EventText(type, JSON.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lower(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
