package dev.aerie.service.worker;

import dev.aerie.messages.StreamEvent;
import dev.aerie.messages.amqp.StreamAssignment;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that were assigned to a service that has nothing to do for them. Their messages are held until the
/// session ends: a message that is given back would return at once, and an acknowledged one would be lost to a
/// replica that starts later with other settings. The newest [#MAX] are held; a service that skips streams may take
/// that many more from its work queue.
///
/// Used by one thread.
final class SkippedStreams {

    static final int MAX = 500;

    private static final Logger LOG = LoggerFactory.getLogger(SkippedStreams.class);

    private final SequencedMap<String, StreamAssignment> byStream = new LinkedHashMap<>();

    void hold(StreamAssignment assignment) {
        StreamAssignment before = byStream.remove(assignment.stream());
        if (before != null && before.session().compareTo(assignment.session()) > 0) {
            byStream.putLast(before.stream(), before);
            assignment.release();
            return;
        }
        byStream.putLast(assignment.stream(), assignment);
        if (before != null && !before.equals(assignment)) {
            before.release();
        }
        LOG.info("stream skipped stream={} session={}", assignment.stream(), assignment.session());
        if (byStream.size() > MAX) {
            byStream.pollFirstEntry().getValue().release();
        }
    }

    /// The stream now belongs to another replica.
    void revoked(StreamAssignment assignment) {
        byStream.remove(assignment.stream(), assignment);
    }

    void onStreamEvent(StreamEvent event) {
        var id = event.envelope().frameId();
        StreamAssignment held = byStream.get(id.stream());
        if (held != null
                && event.event() == StreamEvent.Kind.ENDED
                && held.session().equals(id.session())) {
            byStream.remove(id.stream());
            held.release();
        }
    }
}
