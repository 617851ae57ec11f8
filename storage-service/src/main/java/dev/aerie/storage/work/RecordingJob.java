package dev.aerie.storage.work;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.LocalSession;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.rtsp.assigned.WorkListener;
import java.util.function.BiConsumer;

/// Records each stream that is assigned.
///
/// - `ended`: told stream and session of which nothing more will come
public record RecordingJob(RecordingWork work, BiConsumer<String, String> ended)
        implements AssignedStreams.Job<StreamRecording> {

    @Override
    public StreamRecording begin(StreamAssignment assignment, WorkListener listener) {
        return StreamRecording.begin(assignment, work, listener);
    }

    /// Work of a local session may have recorded another one, which its frames named.
    @Override
    public void left(StreamRecording recording) {
        String recorded = recording.seenSession();
        if (!recorded.isEmpty() && LocalSession.isLocal(recording.session())) {
            ended.accept(recording.stream(), recorded);
        }
    }

    @Override
    public void ended(StreamAssignment assignment) {
        ended.accept(assignment.stream(), assignment.session());
    }
}
