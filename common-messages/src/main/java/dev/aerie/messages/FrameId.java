package dev.aerie.messages;

import java.util.Objects;
import java.util.regex.Pattern;

/// The primary key of one picture, everywhere: on the bus, in logs, in the archive, on the dashboard.
///
/// - `stream`: one camera or drone, `[a-z0-9][a-z0-9_-]{0,62}`, with `/overlay` behind it for annotated video
/// - `session`: one continuous publication: a [Ulid] given by the ingest, or `local-…` where the video names none
/// - `frameNumber`: from 0, +1 per access unit of the session; never negative here
public record FrameId(String stream, String session, long frameNumber) {

    private static final Pattern STREAM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}(/overlay)?");

    public FrameId {
        requireStreamName(stream);
        Objects.requireNonNull(session, "session");
        if (session.isEmpty()) {
            throw new IllegalArgumentException("session must not be empty");
        }
        if (frameNumber < 0) {
            throw new IllegalArgumentException("frameNumber must be >= 0, was " + frameNumber);
        }
    }

    /// Whether `name` may name a stream.
    public static boolean isStreamName(String name) {
        return STREAM.matcher(name).matches();
    }

    /// Returns `name`; throws [IllegalArgumentException] that says what a stream name looks like.
    public static String requireStreamName(String name) {
        if (!isStreamName(name)) {
            throw new IllegalArgumentException(
                    "stream must match [a-z0-9][a-z0-9_-]{0,62}, optionally followed by /overlay, was '" + name + "'");
        }
        return name;
    }
}
