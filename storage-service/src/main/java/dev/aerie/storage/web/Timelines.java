package dev.aerie.storage.web;

import dev.aerie.service.web.ProblemException;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.messages.LabelIndex;
import dev.aerie.storage.messages.LabelStats;
import dev.aerie.storage.web.ArchiveQueries.Stretch;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Computes recorded time and detected labels for each minute of a stream.
@Singleton
final class Timelines {

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long MAX_MINUTES = 31L * 24 * 60;
    private static final int MAX_SEGMENTS = 100_000;

    private final Segments segments;
    private final OpenSegments open;
    private final LabelIndex labels;

    Timelines(Segments segments, OpenSegments open, LabelIndex labels) {
        this.segments = segments;
        this.open = open;
        this.labels = labels;
    }

    /// Throws [ProblemException] for more than 31 days.
    ApiModels.Timeline of(String stream, Stretch when) throws CatalogUnavailableException {
        long first = Math.floorDiv(when.fromNanos(), NANOS_PER_MINUTE);
        long end = Math.ceilDiv(when.toNanos(), NANOS_PER_MINUTE);
        if (end - first > MAX_MINUTES) {
            throw ProblemException.badRequest("to", "at most 31 days after 'from'");
        }
        var minutes = new TreeMap<Long, Minute>();
        var all = new ArrayList<Segment>();
        open.of(stream).forEach(each -> all.add(each.segment()));
        for (Segment closed : segments.between(stream, when.fromNanos(), when.toNanos(), MAX_SEGMENTS)) {
            all.removeIf(known -> known.id().equals(closed.id()));
            all.add(closed);
        }
        all.forEach(segment -> spread(segment, first, end, minutes));
        var seen = labels.byMinute(stream, first, end).stream().collect(Collectors.groupingBy(LabelStats.Row::minute));
        return new ApiModels.Timeline(
                stream,
                minutes.entrySet().stream()
                        .map(entry -> new ApiModels.MinuteView(
                                TimeParameter.text(entry.getKey() * NANOS_PER_MINUTE),
                                entry.getValue().nanos / NANOS_PER_SECOND,
                                entry.getValue().isProtected,
                                ApiModels.labels(seen.getOrDefault(entry.getKey(), List.of()))))
                        .toList());
    }

    private static final class Minute {
        private long nanos;
        private boolean isProtected;
    }

    /// Distributes a segment over the minutes that it touches.
    private static void spread(Segment segment, long first, long end, Map<Long, Minute> minutes) {
        long from = Math.max(first, Math.floorDiv(segment.startNanos(), NANOS_PER_MINUTE));
        long to = Math.min(end, Math.ceilDiv(segment.endNanos(), NANOS_PER_MINUTE));
        for (long at = from; at < to; at++) {
            var minute = minutes.computeIfAbsent(at, _ -> new Minute());
            long begin = Math.max(segment.startNanos(), at * NANOS_PER_MINUTE);
            minute.nanos += Math.min(segment.endNanos(), (at + 1) * NANOS_PER_MINUTE) - begin;
            minute.isProtected |= segment.isProtected();
        }
    }
}
