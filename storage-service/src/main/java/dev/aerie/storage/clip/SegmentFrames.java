package dev.aerie.storage.clip;

import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the frames of a stream in a time span, in closed segments and in the one being written.
public final class SegmentFrames {

    private static final int MAX_SEGMENTS = 10_000;

    /// Segments to search backwards for an IDR frame.
    private static final int MAX_LEADING = 10;

    private static final String UNFINISHED = ".part";

    private final Path archive;
    private final Segments segments;
    private final OpenSegments open;

    public SegmentFrames(Path archive, Segments segments, OpenSegments open) {
        this.archive = archive;
        this.segments = segments;
        this.open = open;
    }

    /// A segment with its current frames.
    record Piece(Segment segment, Path file, FrameIndex index) {}

    /// Segments of a stream with frames captured from `fromNanos` to `toNanos`, by time.
    List<Segment> segments(String stream, long fromNanos, long toNanos) throws IOException {
        var found = new ArrayList<Segment>();
        for (Segment segment : segments.between(stream, fromNanos, toNanos, MAX_SEGMENTS)) {
            if (segment.state() == Segment.State.CLOSED) {
                found.add(segment);
            }
        }
        addOpen(stream, fromNanos, toNanos, found);
        found.sort(Comparator.comparingLong(Segment::startNanos));
        return found;
    }

    /// The segments to decode before a segment that begins without an IDR frame: the preceding ones, back to one with
    /// an IDR frame. Empty if there is none, or none near enough.
    List<Piece> leadIn(Segment segment) throws IOException {
        var pieces = new ArrayDeque<Piece>();
        Segment at = segment;
        while (pieces.size() < MAX_LEADING) {
            var before = segments.endingWith(at.stream(), at.session(), at.firstFrame() - 1)
                    .filter(found -> found.state() == Segment.State.CLOSED);
            if (before.isEmpty()) {
                return List.of();
            }
            at = before.get();
            pieces.addFirst(piece(at));
            if (pieces.getFirst().index().frames().stream().anyMatch(FrameEntry::keyframe)) {
                return List.copyOf(pieces);
            }
        }
        return List.of();
    }

    /// The frames of a segment; throws [IOException] if it was removed meanwhile.
    Piece piece(Segment segment) throws IOException {
        return new Piece(segment, file(segment), frames(segment));
    }

    /// Current path of a segment's file.
    public Path file(Segment segment) {
        return now(archive.resolve(segment.path()));
    }

    /// A segment's file may have been renamed when it was closed; its samples have the same offsets.
    static Path now(Path file) {
        String path = file.toString();
        return path.endsWith(UNFINISHED) && !Files.exists(file)
                ? Path.of(path.substring(0, path.length() - UNFINISHED.length()))
                : file;
    }

    private FrameIndex frames(Segment segment) throws IOException {
        var writing = open.find(segment.id());
        if (writing.isPresent()) {
            return writing.get().frames();
        }
        return segments.frames(segment.id())
                .orElseThrow(() -> new IOException("segment " + segment.id() + " was removed"));
    }

    private void addOpen(String stream, long fromNanos, long toNanos, List<Segment> found) {
        for (var writing : open.of(stream)) {
            Segment segment = writing.segment();
            boolean isNew = found.stream().noneMatch(closed -> closed.id().equals(segment.id()));
            if (isNew && segment.frames() > 0 && segment.overlaps(fromNanos, toNanos)) {
                found.add(segment);
            }
        }
    }
}
