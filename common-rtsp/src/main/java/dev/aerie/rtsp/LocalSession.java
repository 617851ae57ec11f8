package dev.aerie.rtsp;

import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// The session of foreign video, `local-…`: the receiver numbers its frames, continuously across connections.
public final class LocalSession {

    private static final String PREFIX = "local-";

    private final String name;
    private final AtomicLong frames = new AtomicLong();

    /// - `name`: as [#nextName] makes it
    public LocalSession(String name) {
        this.name = name;
    }

    /// A name for a session that begins now.
    public static String nextName(InstantSource clock, RandomGenerator random) {
        return PREFIX + Ulid.next(clock, random);
    }

    /// Whether this names a session whose frames the receiver numbers.
    public static boolean isLocal(String session) {
        return session.startsWith(PREFIX);
    }

    public String name() {
        return name;
    }

    /// The identity of the next frame.
    public FrameId next(String stream) {
        return new FrameId(stream, name, frames.getAndIncrement());
    }
}
