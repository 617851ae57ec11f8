package dev.aerie.ptz.pipeline;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.service.worker.WorkerNotStartableException;
import dev.aerie.vision.onnx.ModelException;

/// Works on the streams of the cameras that are steered, and on no other.
public final class PtzJob implements StreamWorkers.Job<PtzWorker> {

    private final PtzContext ptzContext;

    public PtzJob(PtzContext ptzContext) {
        this.ptzContext = ptzContext;
    }

    @Override
    public boolean wants(String stream) {
        return ptzContext.steerings().ofStream(stream).isPresent();
    }

    @Override
    public PtzWorker begin(StreamAssignment assignment, WorkListener listener) {
        Steering steering = ptzContext
                .steerings()
                .ofStream(assignment.stream())
                .orElseThrow(() -> new WorkerNotStartableException(
                        "no camera has the stream " + assignment.stream(), new IllegalStateException()));
        if (steering.camera().isAnothers()) {
            throw new WorkerNotStartableException(
                    "another ptz-service commands " + steering.camera().name(), new IllegalStateException());
        }
        try {
            return PtzWorker.begin(assignment, ptzContext, steering, listener);
        } catch (ModelException e) {
            throw new WorkerNotStartableException(String.valueOf(e.getMessage()), e);
        }
    }
}
