package dev.aerie.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.StreamEvent;
import java.util.HashMap;
import java.util.Map;

/// Which frames results speak of, session by session, and whether those frames can exist: their session was
/// announced by the ingest, and the ingest has given out that number.
///
/// Any thread.
final class ReportedFrames {

    @GuardedBy("this")
    private final Map<Publication, Results> sessions = new HashMap<>();

    private record Publication(String stream, String session) {
        static Publication of(FrameId id) {
            return new Publication(id.stream(), id.session());
        }
    }

    /// - `announced`: a stream event has named the session
    /// - `highest`: frame number of the results, -1 before the first
    private record Results(boolean announced, long count, long highest) {
        static final Results NONE = new Results(false, 0, -1);
    }

    synchronized void event(StreamEvent event) {
        FrameId id = event.envelope().frameId();
        sessions.merge(
                Publication.of(id),
                new Results(true, 0, -1),
                (known, _) -> new Results(true, known.count(), known.highest()));
    }

    synchronized void result(FrameResult result) {
        FrameId id = result.envelope().frameId();
        Results before = sessions.getOrDefault(Publication.of(id), Results.NONE);
        long highest = Math.max(before.highest(), id.frameNumber());
        sessions.put(Publication.of(id), new Results(before.announced(), before.count() + 1, highest));
    }

    /// Results that name a frame which cannot exist.
    ///
    /// - `framesIn`: access units that the ingest has numbered, over all sessions
    synchronized long impossible(long framesIn) {
        return sessions.values().stream()
                .filter(results -> !results.announced() || results.highest() >= framesIn)
                .mapToLong(Results::count)
                .sum();
    }
}
