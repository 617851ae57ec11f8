package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkListener;
import java.util.function.BiConsumer;

/// Records each stream that is assigned.
///
/// - `ended`: told stream and session of which nothing more will come
public record RecordingWorkerFactory(RecordingSetup setup, BiConsumer<String, String> ended)
        implements StreamWorkers.Job<RecordingWorker> {

    @Override
    public RecordingWorker begin(StreamAssignment assignment, WorkListener listener) {
        return RecordingWorker.begin(assignment, setup, listener);
    }

    /// Work of a local session may have recorded another one, which its frames named.
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
