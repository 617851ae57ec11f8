package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.video.AccessUnit;
import java.util.function.BiConsumer;

/// Starts a recording for each assigned stream.
///
/// - `input`: reads the streams
/// - `recorders`: opens the recorder of a session
/// - `ended`: notified of stream and session when no more data will come
public record RecordingWorkerFactory(
        StreamInput<AccessUnit> input, RecordingWorker.RecorderFactory recorders, BiConsumer<String, String> ended)
        implements StreamWorkers.Job<RecordingWorker> {

    @Override
    public RecordingWorker begin(StreamAssignment assignment, WorkListener listener) {
        return RecordingWorker.begin(assignment, input, recorders, listener);
    }

    /// A worker with a local session may have recorded another session, which its frames named.
    @Override
    public void left(RecordingWorker worker) {
        String recorded = worker.seenSession();
        if (!recorded.isEmpty() && LocalSession.isLocal(worker.session())) {
            ended.accept(worker.stream(), recorded);
        }
    }

    @Override
    public void ended(StreamAssignment assignment) {
        ended.accept(assignment.stream(), assignment.session());
    }
}
