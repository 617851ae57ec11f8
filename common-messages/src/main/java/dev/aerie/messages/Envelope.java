package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What every message begins with: which frame or moment it speaks of, when it was made, by whom.
///
/// - `stream`: null only where a message speaks of every stream
/// - `session`, `frameNumber`: null where there is no frame: a vehicle that reports while no video flows
/// - `captureTimeNanos`, `clock`: Unix time of the frame or of the measurement, and whose clock said so
/// - `madeAt`: when the message was made; on the wire `timestamp`, in seconds
public record Envelope(
        @Nullable String stream,
        @Nullable String session,
        @JsonProperty("frame_number") @Nullable Long frameNumber,
        @JsonProperty("capture_time_ns") @Nullable Long captureTimeNanos,
        @Nullable CaptureClock clock,

        @JsonProperty("timestamp")
        @JsonSerialize(using = Seconds.Writer.class)
        @JsonDeserialize(using = Seconds.Reader.class)
        Instant madeAt,

        Producer producer) {

    public Envelope {
        Require.present("timestamp", madeAt);
        Require.present("producer", producer);
        if (stream != null) {
            FrameId.requireStreamName(stream);
        }
        if (session != null) {
            FrameId.requireSession(session);
        }
        Require.rule(session == null || stream != null, "session needs a stream");
        Require.rule(frameNumber == null || session != null, "frame_number needs a session");
        Require.rule(
                frameNumber == null || FrameId.isFrameNumber(frameNumber),
                "frame_number must be >= 0 and <= " + FrameId.MAX_FRAMES + ", was " + frameNumber);
        Require.rule(
                captureTimeNanos == null || TimeBounds.isTime(captureTimeNanos),
                "capture_time_ns must be >= 0 and before the year 2200, was " + captureTimeNanos);
        Require.rule(TimeBounds.isTime(madeAt), "timestamp must be of the years 1970 to 2199");
        Require.rule((captureTimeNanos == null) == (clock == null), "clock and capture_time_ns come together");
    }

    /// Of a message about one frame.
    public static Envelope ofFrame(
            FrameId id, long captureTimeNanos, CaptureClock clock, Instant madeAt, Producer producer) {
        return new Envelope(id.stream(), id.session(), id.frameNumber(), captureTimeNanos, clock, madeAt, producer);
    }

    /// Of a measurement beside the video; `session` is the publication that runs meanwhile, if one does.
    public static Envelope ofMeasurement(
            String stream,
            @Nullable String session,
            long captureTimeNanos,
            CaptureClock clock,
            Instant madeAt,
            Producer producer) {
        return new Envelope(stream, session, null, captureTimeNanos, clock, madeAt, producer);
    }

    /// Of a message that is about no moment; null for every stream.
    public static Envelope ofRequest(@Nullable String stream, Instant madeAt, Producer producer) {
        return new Envelope(stream, null, null, null, null, madeAt, producer);
    }

    /// The frame this is about; throws [IllegalStateException] where it is about none.
    @JsonIgnore
    public FrameId frameId() {
        if (stream == null || session == null || frameNumber == null) {
            throw new IllegalStateException("the message is about no frame");
        }
        return new FrameId(stream, session, frameNumber);
    }

    /// Throws [IllegalArgumentException] unless this names a frame and its time.
    void requireFrame() {
        Require.present("stream", stream);
        Require.present("session", session);
        Require.present("frame_number", frameNumber);
        Require.present("capture_time_ns", captureTimeNanos);
    }

    /// Throws [IllegalArgumentException] unless this names a stream and a time.
    void requireMeasurement() {
        Require.present("stream", stream);
        Require.present("capture_time_ns", captureTimeNanos);
    }
}
