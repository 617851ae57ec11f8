package dev.aerie.storage.segment;

import dev.aerie.messages.FrameId;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The path of a segment in the archive: `drone/01K9…/000000001042.mp4`, and while it is being written `….mp4.part`.
///
/// - `firstFrame`: of the frames that the segment adds to the recording; frames before it are a prelude
record SegmentName(String stream, String session, long firstFrame) {

    static final String PART = ".part";

    private static final Pattern FILE = Pattern.compile("(\\d{12,19})\\.mp4(\\.part)?");

    /// Parses a path relative to the archive's root; empty if it is not the path of a segment.
    static Optional<SegmentName> parse(Path relative) {
        int names = relative.getNameCount();
        if (names < 3) {
            return Optional.empty();
        }
        var file = FILE.matcher(relative.getFileName().toString());
        String stream = relative.subpath(0, names - 2).toString().replace('\\', '/');
        if (!file.matches() || !FrameId.isStreamName(stream)) {
            return Optional.empty();
        }
        String session = relative.getName(names - 2).toString();
        try {
            return Optional.of(new SegmentName(stream, session, Long.parseLong(file.group(1))));
        } catch (NumberFormatException _) {
            return Optional.empty(); // no frame has such a number
        }
    }

    /// The path relative to the archive's root, with `/`.
    String path() {
        return folder() + "/" + number(firstFrame) + ".mp4";
    }

    String partPath() {
        return path() + PART;
    }

    /// The folder of the whole session.
    String folder() {
        return stream + "/" + session;
    }

    /// The path of a snapshot of the same session.
    static String snapshotPath(FrameId id) {
        return id.stream() + "/" + id.session() + "/snapshots/" + number(id.frameNumber()) + ".jpg";
    }

    private static String number(long frame) {
        return String.format(Locale.ROOT, "%012d", frame);
    }
}
