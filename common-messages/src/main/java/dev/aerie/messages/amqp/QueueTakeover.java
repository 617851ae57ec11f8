package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces a durable queue of an earlier version: unbinds it, hands its messages over and deletes it once it is empty.
///
/// The new queue must be bound first, so that every message is in at least one of the two. A message is acknowledged
/// after it was handled; after a crash in between it is handed over again.
final class QueueTakeover {

    private static final Logger LOG = LoggerFactory.getLogger(QueueTakeover.class);

    private final String queue;
    private final List<String> exchanges;

    /// - `queue`: the old queue; `exchanges`: its bindings
    QueueTakeover(String queue, List<String> exchanges) {
        this.queue = queue;
        this.exchanges = exchanges;
    }

    /// Handles a batch and acknowledges it.
    interface Sink {
        void handle(Channel channel, List<Delivery> batch) throws IOException, InterruptedException;
    }

    /// Returns when the old queue is empty; does nothing where there is none.
    void run(Channel channel, int batchSize, Sink sink) throws IOException, InterruptedException {
        if (!WorkQueueProbe.exists(channel.getConnection(), queue)) {
            return;
        }
        for (String exchange : exchanges) {
            attempt(channel, "unbound", each -> each.queueUnbind(queue, exchange, ""));
        }
        long taken = 0;
        var batch = next(channel, batchSize);
        while (!batch.isEmpty()) {
            sink.handle(channel, batch);
            taken += batch.size();
            batch = next(channel, batchSize);
        }
        attempt(channel, "deleted", each -> each.queueDelete(queue, true, true));
        LOG.info("queue taken over queue={} messages={}", queue, taken);
    }

    private List<Delivery> next(Channel channel, int batchSize) throws IOException {
        var batch = new ArrayList<Delivery>();
        while (batch.size() < batchSize) {
            GetResponse message = channel.basicGet(queue, false);
            if (message == null) {
                break;
            }
            batch.add(new Delivery(message.getEnvelope(), message.getProps(), message.getBody()));
        }
        return batch;
    }

    private interface Step {
        void run(Channel channel) throws IOException;
    }

    /// On a dedicated channel, which a refusal closes. A refused step costs duplicates or an unused queue, nothing
    /// else.
    private void attempt(Channel channel, String done, Step step) throws IOException {
        Channel dedicated = channel.getConnection().createChannel();
        if (dedicated == null) {
            throw new IOException("the broker gives no more channels");
        }
        try {
            step.run(dedicated);
        } catch (IOException | ShutdownSignalException e) {
            LOG.warn("old queue not {} queue={} cause={}", done, queue, ShutdownSignal.reason(e));
        } finally {
            dedicated.abort();
        }
    }
}
