package dev.aerie.frames.pipeline;

import dev.aerie.messages.amqp.StreamAssignment;
import dev.aerie.rtsp.assigned.AssignedStreams;
import dev.aerie.rtsp.assigned.StreamRefusedException;
import dev.aerie.rtsp.assigned.WorkListener;
import dev.aerie.vision.onnx.ModelException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Looks at each stream that is assigned; refuses it where its model cannot be opened.
public final class FrameJob implements AssignedStreams.Job<StreamWork> {

    private final Pipeline pipeline;
    private final Supplier<StreamControl> firstControl;
    private final AtomicLong errors = new AtomicLong();

    /// - `firstControl`: how a stream is worked on at first
    public FrameJob(Pipeline pipeline, Supplier<StreamControl> firstControl) {
        this.pipeline = pipeline;
        this.firstControl = firstControl;
    }

    /// Makes the first frame of the first stream as quick as those that follow; takes about a second.
    public void warmUp() {
        WarmUp.look(pipeline.trackers(), firstControl.get());
    }

    /// Pictures on which a model failed, of all streams that were left.
    public long errors() {
        return errors.get();
    }

    @Override
    public StreamWork begin(StreamAssignment assignment, WorkListener listener) {
        return begin(assignment, firstControl.get(), listener);
    }

    @Override
    public StreamWork again(StreamWork before, WorkListener listener) {
        return begin(before.assignment(), before.control(), listener);
    }

    @Override
    public void left(StreamWork work) {
        errors.addAndGet(work.errors());
    }

    private StreamWork begin(StreamAssignment assignment, StreamControl control, WorkListener listener) {
        try {
            return StreamWork.begin(assignment, control, pipeline, listener);
        } catch (ModelException e) {
            throw new StreamRefusedException(String.valueOf(e.getMessage()), e);
        }
    }
}
