package dev.aerie.storage.messages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What the journal needs to know of the archive's segments, and tells it about them.
public interface SegmentMessages {

    /// One segment.
    ///
    /// - `id`: in the catalog
    /// - `said`: where its messages are to lie
    /// - `closed`: whether its last frame is final
    record Shelf(
            String id,
            Path said,
            long firstFrame,
            long lastFrame,
            long firstCaptureNanos,
            long lastCaptureNanos,
            boolean closed) {

        boolean holds(ArchivedMessage said) {
            if (said.frameNumber().isPresent()) {
                long frame = said.frameNumber().getAsLong();
                return firstFrame <= frame && frame <= lastFrame;
            }
            long captured = said.captureTimeNanos().orElse(-1);
            return firstCaptureNanos <= captured && captured <= lastCaptureNanos;
        }
    }

    /// The segments of a session that hold a frame of `span` or come after it, oldest first; open ones among them.
    List<Shelf> shelves(String stream, String session, MessageSpan messageSpan) throws IOException;

    /// Where messages lie that belong to no segment: a folder for this stream and session, or for the stream alone.
    Path unrecorded(String stream, String session);

    /// The messages of a segment are filed, all that are there by now; replaces what was told of it before.
    void filed(Shelf shelf, LabelStats labelStats) throws IOException;

    /// Closed segments of which nothing was told yet, for nothing was said or the index was made anew; at the start
    /// also
    /// those of which something else was told than lies beside them.
    List<Shelf> uncounted() throws IOException;
}
