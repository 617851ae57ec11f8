package dev.aerie.service.worker;

/// Is notified about the work on one session of a stream, by any of its threads and possibly more than once. Must not
/// wait.
public interface WorkListener {

    /// The session has ended.
    void onSessionEnd();

    /// The work has failed and has stopped; it should be restarted.
    void failed(Throwable cause);
}
