package dev.aerie.service.worker;

import dev.aerie.messages.amqp.StreamAssignment;

/// What a second session of a stream means to the one that is worked on.
///
/// Sessions sort by the clock of the ingest. A clock that was set back makes a new session look like an old one, so
/// that the frames decide where they can: the relay serves one session of a stream at a time.
enum SessionSuccession {
    /// It has taken the place of the one that is worked on.
    NEXT,
    /// It was over before.
    STALE,
    /// Frames must tell, once they flow.
    DOUBTFUL;

    /// - `mayDoubt`: whether there is time to wait for frames
    static <S extends StreamWorker> SessionSuccession of(
            WorkerSlot<S> current, StreamAssignment arrived, boolean mayDoubt) {
        if (arrived.session().compareTo(current.session()) > 0) {
            return NEXT;
        }
        if (arrived.session().equals(current.session())) {
            return STALE;
        }
        String seen = current.work().map(StreamWorker::seenSession).orElse("");
        if (seen.equals(arrived.session())) {
            return NEXT;
        }
        boolean flows = current.work().map(work -> work.health().isLive()).orElse(false);
        if (flows && seen.equals(current.session())) {
            return STALE;
        }
        return mayDoubt ? DOUBTFUL : NEXT;
    }
}
