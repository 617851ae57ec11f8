package dev.aerie.storage.messages;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The archive's segments as [MessageArchive] needs them, and their label index.
public interface SegmentMessages {

    /// A segment and its message file.
    ///
    /// - `id`: of the segment in the catalog
    /// - `path`: of the message file, which may not exist yet
    /// - `closed`: whether the segment's last frame is final
    record SegmentMessageFile(
            String id,
            Path path,
            long firstFrame,
            long lastFrame,
            long firstCaptureNanos,
            long lastCaptureNanos,
            boolean closed) {

        boolean covers(ArchivedMessage message) {
            if (message.frameNumber().isPresent()) {
                long frame = message.frameNumber().getAsLong();
                return firstFrame <= frame && frame <= lastFrame;
            }
            long captured = message.captureTimeNanos().orElse(-1);
            return firstCaptureNanos <= captured && captured <= lastCaptureNanos;
        }
    }

    /// The segments of a session that overlap `span` or come after it, oldest first, including open ones.
    List<SegmentMessageFile> find(String stream, String session, MessageSpan span) throws IOException;

    /// The folder for messages that belong to no segment.
    Path unrecordedFolder(String stream, String session);

    /// Replaces the indexed labels of a segment after messages were filed; `labelStats` covers all messages of the
    /// segment so far.
    void markFiled(SegmentMessageFile segment, LabelStats labelStats) throws IOException;

    /// Closed segments whose labels are not indexed: there were no messages, or the index was rebuilt. At the start
    /// also segments whose message file differs from the indexed one.
    List<SegmentMessageFile> unindexed() throws IOException;
}
