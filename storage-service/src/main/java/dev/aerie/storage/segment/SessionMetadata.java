package dev.aerie.storage.segment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.aerie.files.PrivateFolder;
import dev.aerie.files.WholeFile;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Recording;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Snapshot;
import dev.aerie.storage.catalog.Snapshots;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes `metadata.json` next to the segments of a session: its contents, for people who have the folder without the
/// index.
@RegisterForReflection(targets = {SessionMetadata.Content.class, SessionMetadata.SnapshotEntry.class})
public final class SessionMetadata {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String FILE = "metadata.json";

    private final ArchiveRoot root;
    private final Recordings recordings;
    private final Snapshots snapshots;

    public SessionMetadata(ArchiveRoot root, Catalog catalog) {
        this.root = root;
        this.recordings = new Recordings(catalog);
        this.snapshots = new Snapshots(catalog);
    }

    /// The contents of the file; times are capture times, Unix nanoseconds.
    ///
    /// - `ended`: no more data will come; until then the file may be out of date
    record Content(
            String stream,
            @JsonProperty("session_id") String sessionId,
            String clock,
            @JsonProperty("start_time_ns") long startTimeNanos,
            @JsonProperty("end_time_ns") long endTimeNanos,
            boolean ended,
            @JsonProperty("total_frames") long totalFrames,
            long segments,
            List<SnapshotEntry> snapshots) {

        static Content of(Recording recording, List<Snapshot> snapshots) {
            return new Content(
                    recording.stream(),
                    recording.session(),
                    recording.clock().wireName(),
                    recording.startNanos(),
                    recording.endNanos(),
                    recording.ended(),
                    recording.frames(),
                    recording.segments(),
                    snapshots.stream().map(SnapshotEntry::of).toList());
        }
    }

    /// One snapshot.
    ///
    /// - `path`: relative to the archive's root
    record SnapshotEntry(
            @JsonProperty("frame_number") long frameNumber,
            @JsonProperty("capture_time_ns") long captureTimeNanos,
            String path) {

        static SnapshotEntry of(Snapshot snapshot) {
            return new SnapshotEntry(snapshot.id().frameNumber(), snapshot.captureTimeNanos(), snapshot.path());
        }
    }

    /// Rewrites the file from the index; does nothing if the index does not contain the session.
    public void write(String stream, String session) throws IOException {
        var recording = recordings.find(stream, session);
        if (recording.isEmpty()) {
            return;
        }
        var content = Content.of(recording.get(), snapshots.of(stream, session));
        root.require();
        Path folder = PrivateFolder.create(root.resolve(stream + "/" + session));
        WholeFile.write(folder.resolve(FILE), JSON.writeValueAsBytes(content));
    }
}
