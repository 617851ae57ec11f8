package dev.aerie.ptz.pipeline;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.amqp.MessageHandler;
import dev.aerie.service.worker.StreamWorkers;
import java.util.List;

/// Hands what frame-processor finds to the work on the same stream.
public final class FrameResults implements MessageHandler {

    /// The exchanges to be read into [#accept].
    public static final List<String> EXCHANGES = List.of(Exchanges.PROCESSED_FRAMES);

    private final StreamWorkers<PtzWorker> workers;

    public FrameResults(StreamWorkers<PtzWorker> workers) {
        this.workers = workers;
    }

    @Override
    public void accept(String exchange, byte[] body) throws MalformedMessageException {
        if (Messages.read(body) instanceof FrameResult result) {
            String stream = result.envelope().frameId().stream();
            workers.find(stream).ifPresent(work -> work.add(result));
        }
    }
}
