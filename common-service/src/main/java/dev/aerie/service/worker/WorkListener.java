package dev.aerie.service.worker;

/// Hears what becomes of the work on one session of a stream. Told by any thread of the work, perhaps more than once;
/// never waits.
public interface WorkListener {

    /// The session is found to be over.
    void onSessionEnd();

    /// The work has failed and does nothing any more: it is to be begun anew.
    void failed(Throwable cause);
}
