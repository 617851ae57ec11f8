package dev.aerie.storage.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aerie.messages.MessageType;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What was seen in some frames, by minute and label: enough to search and to draw a timeline by.
public record LabelStats(List<Row> rows) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LOST = "lost";

    /// - `minute`: Unix time in minutes
    /// - `frames`: in so many frames of that minute the label was seen
    /// - `bestScore`: 0..1
    public record Row(long minute, String label, int frames, double bestScore) {

        Row with(double score) {
            return new Row(minute, label, frames + 1, Math.max(bestScore, score));
        }
    }

    public LabelStats {
        rows = List.copyOf(rows);
    }

    private record Place(long minute, String label) {}

    /// Reads the frame results among the messages; what is no longer seen (`lost`) does not count.
    static LabelStats of(Collection<ArchivedMessage> messages) throws IOException {
        var rows =
                new TreeMap<Place, Row>(Comparator.comparingLong(Place::minute).thenComparing(Place::label));
        for (ArchivedMessage said : messages) {
            if (said.schema().equals(MessageType.FRAME_RESULT.schema())) {
                count(said, rows);
            }
        }
        return new LabelStats(List.copyOf(rows.values()));
    }

    private static void count(ArchivedMessage said, Map<Place, Row> rows) throws IOException {
        long minute = TimeUnit.NANOSECONDS.toMinutes(said.captureTimeNanos().orElse(0));
        var labels = new HashSet<String>();
        for (JsonNode object : JSON.readTree(said.line()).path("objects")) {
            String label = object.path("label").asText("");
            if (!label.isEmpty() && !LOST.equals(object.path("state").asText())) {
                double score = object.path("score").asDouble();
                var place = new Place(minute, label);
                Row row = rows.getOrDefault(place, new Row(minute, label, 0, 0));
                rows.put(
                        place,
                        labels.add(label)
                                ? row.with(score)
                                : new Row(minute, label, row.frames(), Math.max(row.bestScore(), score)));
            }
        }
    }
}
