package dev.aerie.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.StreamEvent;
import java.util.HashMap;
import java.util.Map;

/// Frame numbers of results by session, to find results for frames that cannot exist: of a session that the ingest did
/// not announce, or with a number above its count.
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

    /// Number of results for frames that cannot exist.
    ///
    /// - `framesIn`: access units that the ingest has numbered, over all sessions
    synchronized long impossible(long framesIn) {
        return sessions.values().stream()
                .filter(results -> !results.announced() || results.highest() >= framesIn)
                .mapToLong(Results::count)
                .sum();
    }
}
