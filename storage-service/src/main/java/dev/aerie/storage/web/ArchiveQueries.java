package dev.aerie.storage.web;

import dev.aerie.service.web.ProblemException;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Recording;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.messages.LabelIndex;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds recordings and segments for the resources, and describes them.
@Singleton
final class ArchiveQueries {

    private static final int MAX_SEGMENTS = 100_000;

    private final Recordings recordings;
    private final Segments segments;
    private final OpenSegments open;
    private final LabelIndex labels;

    ArchiveQueries(Recordings recordings, Segments segments, OpenSegments open, LabelIndex labels) {
        this.recordings = recordings;
        this.segments = segments;
        this.open = open;
        this.labels = labels;
    }

    /// A time span, Unix nanoseconds, the end exclusive.
    record Stretch(long fromNanos, long toNanos) {

        /// Throws [ProblemException] for invalid times, or for times in the wrong order.
        static Stretch of(@Nullable String from, @Nullable String to) {
            var stretch =
                    new Stretch(TimeParameter.nanos("from", from, 0), TimeParameter.nanos("to", to, Long.MAX_VALUE));
            if (stretch.fromNanos >= stretch.toNanos) {
                throw ProblemException.badRequest("to", "a time after 'from'");
            }
            return stretch;
        }

        static Stretch required(@Nullable String from, @Nullable String to) {
            TimeParameter.required("from", from);
            TimeParameter.required("to", to);
            return of(from, to);
        }
    }

    /// The recording with this id; throws [ProblemException] if there is none.
    Recording recording(String id) throws CatalogUnavailableException {
        return recordings.findBySession(id).orElseThrow(() -> ProblemException.notFound("there is no recording " + id));
    }

    /// - `stream`, `label`: empty for all
    List<Recording> recordings(String stream, Stretch when, String label, int limit)
            throws CatalogUnavailableException {
        return recordings.between(stream, when.fromNanos(), when.toNanos(), label, limit);
    }

    /// The closed segment with this id; throws [ProblemException] if there is none.
    Segment segment(String id) throws CatalogUnavailableException {
        return segments.find(id)
                .orElseThrow(() -> open.find(id).isPresent()
                        ? ProblemException.conflict("segment " + id + " is still being written")
                        : ProblemException.notFound("there is no segment " + id));
    }

    /// The segment with this id, closed or being written, whose file is here; throws [ProblemException] if there is
    /// none.
    Segment playable(String id) throws CatalogUnavailableException {
        return segments.find(id)
                .filter(segment -> segment.state() == Segment.State.CLOSED)
                .or(() -> open.find(id).map(OpenSegments.OpenSegment::segment))
                .orElseThrow(() -> ProblemException.notFound("there is no file of a segment " + id));
    }

    /// Closed segments of a recording within a time span.
    List<Segment> closed(Recording recording, Stretch when) throws CatalogUnavailableException {
        return segments.of(recording.stream(), recording.session()).stream()
                .filter(segment -> segment.overlaps(when.fromNanos(), when.toNanos()))
                .toList();
    }

    /// Segments in which a label was detected, or all if `label` is null.
    List<Segment> search(String stream, Stretch when, @Nullable String label, double minScore, int limit)
            throws CatalogUnavailableException {
        var found = segments.between(stream, when.fromNanos(), when.toNanos(), MAX_SEGMENTS);
        if (label == null || label.isBlank()) {
            return found.stream().limit(limit).toList();
        }
        Set<String> seen = labels.segments(label, when.fromNanos(), when.toNanos(), minScore);
        return found.stream()
                .filter(segment -> seen.contains(segment.id()))
                .limit(limit)
                .toList();
    }

    /// Whether a recording is being written now.
    boolean isRunning(Recording recording) {
        return open.of(recording.stream()).stream()
                .anyMatch(segment -> segment.segment().session().equals(recording.session()));
    }

    /// The segment that is being written; empty if there is none.
    Optional<Segment> open(Recording recording) {
        return open.of(recording.stream()).stream()
                .map(OpenSegments.OpenSegment::segment)
                .filter(segment -> segment.session().equals(recording.session()))
                .findFirst();
    }

    ApiModels.RecordingView view(Recording recording) throws CatalogUnavailableException {
        return ApiModels.RecordingView.of(recording, labels.ofRecording(recording.stream(), recording.session()));
    }

    ApiModels.SegmentView view(Segment segment) throws CatalogUnavailableException {
        return ApiModels.SegmentView.of(segment, labels.ofSegment(segment.id()));
    }
}
