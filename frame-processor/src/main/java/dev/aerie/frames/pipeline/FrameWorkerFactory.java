package dev.aerie.frames.pipeline;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.service.worker.StreamWorkers;
import dev.aerie.service.worker.WorkListener;
import dev.aerie.service.worker.WorkerNotStartableException;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.tracker.StreamControl;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Starts the worker of each assigned stream; rejects a stream where its model cannot be opened.
public final class FrameWorkerFactory implements StreamWorkers.Job<FrameWorker> {

    private final PipelineContext pipelineContext;
    private final Supplier<StreamControl> firstControl;
    private final AtomicLong errors = new AtomicLong();

    /// - `firstControl`: initial settings of a stream
    public FrameWorkerFactory(PipelineContext pipelineContext, Supplier<StreamControl> firstControl) {
        this.pipelineContext = pipelineContext;
        this.firstControl = firstControl;
    }

    /// Makes the first frame of the first stream as fast as the others; takes about a second.
    public void warmUp() {
        WarmUp.run(pipelineContext.trackers(), firstControl.get());
    }

    /// Frames on which a model failed, of all streams that have ended.
    public long errors() {
        return errors.get();
    }

    @Override
    public FrameWorker begin(StreamAssignment assignment, WorkListener listener) {
        return begin(assignment, firstControl.get(), listener);
    }

    @Override
    public FrameWorker again(FrameWorker before, WorkListener listener) {
        return begin(before.assignment(), before.control(), listener);
    }

    @Override
    public void left(FrameWorker worker) {
        errors.addAndGet(worker.errors());
    }

    private FrameWorker begin(StreamAssignment assignment, StreamControl control, WorkListener listener) {
        try {
            return FrameWorker.begin(assignment, control, pipelineContext, listener);
        } catch (ModelException e) {
            throw new WorkerNotStartableException(String.valueOf(e.getMessage()), e);
        }
    }
}
