package dev.aerie.messages;

import java.util.Objects;
import java.util.regex.Pattern;

/// The primary key of one frame, everywhere: on the bus, in logs, in the archive, on the dashboard.
///
/// - `stream`: one camera or drone, `[a-z0-9][a-z0-9_-]{0,62}`, with `/overlay` behind it for annotated video
/// - `session`: one continuous publication: a [Ulid] given by the ingest, or `local-…` where the video names none;
///   `[A-Za-z0-9][A-Za-z0-9_-]{0,99}`, for it becomes the name of a folder
/// - `frameNumber`: from 0, +1 per access unit of the session; up to [#MAX_FRAMES]
public record FrameId(String stream, String session, long frameNumber) {

    /// 2⁵³ - 1: so far browsers count exactly.
    public static final long MAX_FRAMES = (1L << 53) - 1;

    private static final Pattern STREAM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}(/overlay)?");
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final int QUOTED_LETTERS = 40;

    public FrameId {
        requireStreamName(stream);
        requireSession(Objects.requireNonNull(session, "session"));
        if (!isFrameNumber(frameNumber)) {
            throw new IllegalArgumentException("frameNumber must be 0.." + MAX_FRAMES + ", was " + frameNumber);
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
                    "stream must match [a-z0-9][a-z0-9_-]{0,62}, optionally followed by /overlay, was '" + quoted(name)
                            + "'");
        }
        return name;
    }

    /// Returns `session`; throws [IllegalArgumentException] that says what a session's name looks like.
    public static String requireSession(String session) {
        if (!SESSION.matcher(session).matches()) {
            throw new IllegalArgumentException(
                    "session must be 1 to 100 letters, digits, '_' or '-', was '" + quoted(session) + "'");
        }
        return session;
    }

    /// Whether a frame may have this number.
    public static boolean isFrameNumber(long number) {
        return number >= 0 && number <= MAX_FRAMES;
    }

    private static String quoted(String text) {
        return text.length() <= QUOTED_LETTERS ? text : text.substring(0, QUOTED_LETTERS) + "…";
    }
}
