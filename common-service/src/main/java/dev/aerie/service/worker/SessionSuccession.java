package dev.aerie.service.worker;

import dev.aerie.messages.amqp.StreamAssignment;

/// How a newly assigned session of a stream relates to the session that is worked on.
///
/// Sessions sort by the clock of the ingest-server. After that clock was set back, a new session looks like an old
/// one. Therefore frames decide if they flow: the relay serves one session of a stream at a time.
enum SessionSuccession {
    /// The new session replaces the current one.
    NEXT,
    /// The new session is over already.
    STALE,
    /// Undecided until frames flow.
    DOUBTFUL;

    /// - `mayDoubt`: whether there is time to wait for frames; else a doubtful session counts as [#NEXT]
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
