package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Something of the archive was written, removed or protected, on [Exchanges#RECORDING_EVENTS]. The envelope names its
/// first frame.
///
/// - `recording`: its id in the archive
/// - `path`: of the file, relative to the archive's root; of a clip, which is no file, its address at the service
/// - `lastFrameNumber`: of the same session; the first one's for a snapshot
/// - `durationNanos`: 0 for a snapshot
public record RecordingEvent(
        @JsonUnwrapped Envelope envelope,
        Kind event,
        Item item,
        String recording,
        String path,
        @JsonProperty("last_frame_number") long lastFrameNumber,
        @JsonProperty("duration_ns") long durationNanos,
        @JsonProperty("size_bytes") long sizeBytes)
        implements Message {

    public RecordingEvent {
        Require.present("envelope", envelope).requireFrame();
        Require.present("event", event);
        Require.present("item", item);
        Require.text("recording", recording);
        Require.text("path", path);
        Require.atLeast("last_frame_number", lastFrameNumber, envelope.frameId().frameNumber());
        Require.atLeast("duration_ns", durationNanos, 0);
        Require.atLeast("size_bytes", sizeBytes, 0);
    }

    /// What happened to it.
    public enum Kind {
        @JsonProperty("written")
        WRITTEN,
        @JsonProperty("removed")
        REMOVED,
        @JsonProperty("protected")
        PROTECTED,
        @JsonProperty("unprotected")
        UNPROTECTED
    }

    /// What it is.
    public enum Item {
        @JsonProperty("segment")
        SEGMENT,
        @JsonProperty("clip")
        CLIP,
        @JsonProperty("snapshot")
        SNAPSHOT
    }
}
