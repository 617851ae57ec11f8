package dev.aerie.storage.web;

import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.journal.SightingIndex;
import dev.aerie.storage.journal.Sightings;
import dev.aerie.storage.web.Library.Stretch;
import dev.aerie.web.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Draws up what was recorded and seen in each minute of a stream.
@Singleton
final class Timelines {

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long MOST_MINUTES = 31L * 24 * 60;
    private static final int MOST_SEGMENTS = 100_000;

    private final Segments segments;
    private final OpenSegments open;
    private final SightingIndex sightings;

    Timelines(Segments segments, OpenSegments open, SightingIndex sightings) {
        this.segments = segments;
        this.open = open;
        this.sightings = sightings;
    }

    /// Throws [ProblemException] for more than a month.
    Views.Timeline of(String stream, Stretch when) throws CatalogUnavailableException {
        long first = Math.floorDiv(when.fromNanos(), NANOS_PER_MINUTE);
        long end = Math.ceilDiv(when.toNanos(), NANOS_PER_MINUTE);
        if (end - first > MOST_MINUTES) {
            throw ProblemException.badRequest("to", "at most 31 days after 'from'");
        }
        var minutes = new TreeMap<Long, Minute>();
        var all = new ArrayList<Segment>();
        open.of(stream).forEach(each -> all.add(each.segment()));
        for (Segment closed : segments.between(stream, when.fromNanos(), when.toNanos(), MOST_SEGMENTS)) {
            all.removeIf(known -> known.id().equals(closed.id()));
            all.add(closed);
        }
        all.forEach(segment -> spread(segment, first, end, minutes));
        var seen =
                sightings.byMinute(stream, first, end).stream().collect(Collectors.groupingBy(Sightings.Row::minute));
        return new Views.Timeline(
                stream,
                minutes.entrySet().stream()
                        .map(entry -> new Views.MinuteView(
                                TimeParameter.text(entry.getKey() * NANOS_PER_MINUTE),
                                entry.getValue().nanos / NANOS_PER_SECOND,
                                entry.getValue().isProtected,
                                Views.labels(seen.getOrDefault(entry.getKey(), List.of()))))
                        .toList());
    }

    private static final class Minute {
        private long nanos;
        private boolean isProtected;
    }

    /// Shares a segment out among the minutes that it touches.
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
