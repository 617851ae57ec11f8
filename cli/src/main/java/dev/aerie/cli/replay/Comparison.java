package dev.aerie.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Comparison of the results of two runs on the same frames. Publication time, processing time, replica and stream name
/// are ignored.
///
/// - `same`: results that are equal
/// - `onlyRecorded`, `onlyReplayed`: results of one run only
/// - `differences`: other differences as text, in frame order
record Comparison(long same, long onlyRecorded, long onlyReplayed, List<String> differences) {

    private static final List<String> OF_THE_MOMENT = List.of("timestamp", "timing_ms", "clock", "stream");
    private static final int MAX_TEXT = 160;

    Comparison {
        differences = List.copyOf(differences);
    }

    static Comparison of(Collection<JsonNode> recorded, Collection<JsonNode> replayed) {
        var before = byFrame(recorded);
        var now = byFrame(replayed);
        var all = new TreeSet<>(before.keySet());
        all.addAll(now.keySet());
        long same = 0;
        long onlyBefore = 0;
        long onlyNow = 0;
        var differences = new ArrayList<String>();
        for (Key key : all) {
            JsonNode first = before.get(key);
            JsonNode second = now.get(key);
            if (first == null) {
                onlyNow++;
            } else if (second == null) {
                onlyBefore++;
            } else if (first.equals(second)) {
                same++;
            } else {
                differences.add(key + ": " + difference(first, second));
            }
        }
        return new Comparison(same, onlyBefore, onlyNow, differences);
    }

    /// Frame, schema and producer of a result.
    private record Key(long frameNumber, String schema, String who, long object) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byFrame = Long.compare(frameNumber, other.frameNumber);
            return byFrame != 0 ? byFrame : (schema + who + object).compareTo(other.schema + other.who + other.object);
        }

        @Override
        public String toString() {
            return "frame " + frameNumber + " " + schema;
        }
    }

    private static TreeMap<Key, JsonNode> byFrame(Collection<JsonNode> messages) {
        var byFrame = new TreeMap<Key, JsonNode>();
        for (JsonNode message : messages) {
            JsonNode producer = message.path("producer");
            var key = new Key(
                    message.path("frame_number").asLong(),
                    message.path("schema").asText(),
                    producer.path("service").asText() + " "
                            + producer.path("model").asText(),
                    message.path("object_id").asLong(-1));
            byFrame.putIfAbsent(key, lasting(message));
        }
        return byFrame;
    }

    private static JsonNode lasting(JsonNode message) {
        JsonNode copy = message.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove(OF_THE_MOMENT);
            object.remove("producer");
        }
        return copy;
    }

    /// Names the first field that differs, with both values.
    private static String difference(JsonNode before, JsonNode now) {
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        now.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            if (!before.path(name).equals(now.path(name))) {
                return name + " was " + cut(before.path(name)) + ", is " + cut(now.path(name));
            }
        }
        return "equal"; // unreachable: they differ in some field
    }

    private static String cut(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
