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

/// Detected labels by minute: the data for search and timelines.
public record LabelStats(List<Row> rows) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LOST = "lost";

    /// - `minute`: Unix time in minutes
    /// - `frames`: number of frames of that minute with the label
    /// - `bestScore`: 0..1
    public record Row(long minute, String label, int frames, double bestScore) {

        Row with(double score) {
            return new Row(minute, label, frames + 1, Math.max(bestScore, score));
        }
    }

    public LabelStats {
        rows = List.copyOf(rows);
    }

    private record RowKey(long minute, String label) {}

    /// Counts the objects of the frame results among the messages; objects in state `lost` do not count.
    static LabelStats of(Collection<ArchivedMessage> messages) throws IOException {
        var rows = new TreeMap<RowKey, Row>(
                Comparator.comparingLong(RowKey::minute).thenComparing(RowKey::label));
        for (ArchivedMessage message : messages) {
            if (message.schema().equals(MessageType.FRAME_RESULT.schema())) {
                count(message, rows);
            }
        }
        return new LabelStats(List.copyOf(rows.values()));
    }

    private static void count(ArchivedMessage message, Map<RowKey, Row> rows) throws IOException {
        long minute = TimeUnit.NANOSECONDS.toMinutes(message.captureTimeNanos().orElse(0));
        var labels = new HashSet<String>();
        for (JsonNode object : JSON.readTree(message.line()).path("objects")) {
            String label = object.path("label").asText("");
            if (!label.isEmpty() && !LOST.equals(object.path("state").asText())) {
                double score = object.path("score").asDouble();
                var rowKey = new RowKey(minute, label);
                Row row = rows.getOrDefault(rowKey, new Row(minute, label, 0, 0));
                rows.put(
                        rowKey,
                        labels.add(label)
                                ? row.with(score)
                                : new Row(minute, label, row.frames(), Math.max(row.bestScore(), score)));
            }
        }
    }
}
