package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import dev.aerie.messages.MalformedMessageException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads exchanges without losing anything: a durable queue that fills while this reader is away, and each message
/// acknowledged only after its handler returned. A message may arrive twice; handlers are idempotent by the picture's
/// identity.
///
/// A body that is no message is dropped. Where the handler throws, the channel is given up and the message comes again
/// a second later; both are counted.
public final class DurableSubscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DurableSubscriber.class);

    private final String queue;
    private final List<String> exchanges;
    private final int prefetch;
    private final MessageHandler handler;
    private final ChannelKeeper keeper;
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean subscribed;

    /// - `queue`: its name, `storage-service.results`; the same for all replicas that share the work
    /// - `prefetch`: so many messages may be unacknowledged
    public DurableSubscriber(
            BrokerConnection connection, String queue, List<String> exchanges, int prefetch, MessageHandler handler) {
        this.queue = queue;
        this.exchanges = List.copyOf(exchanges);
        this.prefetch = prefetch;
        this.handler = handler;
        this.keeper = new ChannelKeeper(connection, queue, this::consumeOn);
    }

    public void start() {
        keeper.start();
    }

    /// Whether messages can arrive now; the queue exists from the first time on.
    public boolean isSubscribed() {
        return subscribed;
    }

    /// Messages that the handler took.
    public long handled() {
        return handled.get();
    }

    /// Messages that were no messages, or on which the handler threw.
    public long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        keeper.close();
    }

    private void consumeOn(Channel channel) throws IOException, InterruptedException {
        var end = Closure.of(channel);
        channel.queueDeclare(queue, true, false, false, Map.of());
        for (String exchange : exchanges) {
            Outgoing.declareExchange(channel, exchange);
            channel.queueBind(queue, exchange, "");
        }
        channel.basicQos(prefetch);
        channel.basicConsume(queue, false, (_, delivery) -> take(channel, delivery), _ -> channel.abort());
        subscribed = true;
        try {
            Throwable cause = end.await();
            LOG.debug("subscription lost queue={} cause={}", queue, Closure.reason(cause));
        } finally {
            subscribed = false;
        }
    }

    private void take(Channel channel, Delivery delivery) throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try {
            handler.accept(delivery.getEnvelope().getExchange(), delivery.getBody());
            handled.incrementAndGet();
        } catch (MalformedMessageException e) {
            failed.incrementAndGet();
            LOG.warn("message dropped queue={} cause={}", queue, e.getMessage());
        } catch (RuntimeException e) {
            failed.incrementAndGet();
            LOG.error("handler failed queue={}", queue, e);
            channel.abort();
            return;
        }
        channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
    }
}
