package dev.aerie.messages.amqp;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aerie.messages.MalformedMessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads exchanges live: a queue of its own that the broker bounds and forgets with the connection, so a slow reader
/// loses the oldest messages and costs nobody memory. Subscribes again by itself after every loss.
///
/// The queue has a name that says whose it is, `dashboard.laptop`, where the owner gives one. Where another connection
/// still holds that name, one of this process that the broker has not given up yet or a replica of the same `INSTANCE`,
/// a few letters are added to it.
///
/// Calls its handler on one thread at a time. A handler that fails, by whatever it throws, costs that message, which is
/// counted.
public final class LiveSubscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSubscriber.class);
    private static final String NAMELESS = "live-subscriber";
    private static final int LETTERS_ADDED = 6;
    private static final int FAILURES_PER_LOG_LINE = 100;

    /// - `maxMessages`: the queue keeps the newest so many
    /// - `timeToLive`: and none older than this, on brokers that can (not on Qpid)
    /// - `prefetch`: so many are on their way to the handler, beyond the queue
    public record Bounds(int maxMessages, Duration timeToLive, int prefetch) {

        /// 1000 messages, 5 s, 50 on their way.
        public static final Bounds DEFAULT = new Bounds(1000, Duration.ofSeconds(5), 50);

        public Bounds {
            if (maxMessages < 1 || prefetch < 1 || !timeToLive.isPositive()) {
                throw new IllegalArgumentException("bounds must be positive");
            }
        }
    }

    private final String name;
    private final List<String> exchanges;
    private final Bounds bounds;
    private final MessageHandler handler;
    private final ChannelKeeper keeper;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean subscribed;
    private volatile boolean nameTaken;

    /// One whose queue is named by the broker, for readers that nobody needs to find.
    public LiveSubscriber(BrokerConnection connection, List<String> exchanges, Bounds bounds, MessageHandler handler) {
        this(connection, "", exchanges, bounds, handler);
    }

    /// - `name`: of its queue, `frame-processor.laptop.events`
    public LiveSubscriber(
            BrokerConnection connection, String name, List<String> exchanges, Bounds bounds, MessageHandler handler) {
        this.name = name;
        this.exchanges = List.copyOf(exchanges);
        this.bounds = bounds;
        this.handler = handler;
        this.keeper = new ChannelKeeper(connection, name.isEmpty() ? NAMELESS : name, this::consumeOn);
    }

    public void start() {
        keeper.start();
    }

    /// Whether messages can arrive now.
    public boolean isSubscribed() {
        return subscribed;
    }

    /// Messages handed to the handler.
    public long received() {
        return received.get();
    }

    /// Messages on which the handler failed.
    public long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        keeper.close();
    }

    private void consumeOn(Channel channel) throws IOException, InterruptedException {
        var end = ShutdownSignal.of(channel);
        var arguments =
                BrokerConnection.kindOf(channel.getConnection()).liveQueue(bounds.maxMessages(), bounds.timeToLive());
        String queue = declare(channel, arguments);
        for (String exchange : exchanges) {
            OutgoingMessage.declareExchange(channel, exchange);
            channel.queueBind(queue, exchange, "");
        }
        channel.basicQos(bounds.prefetch());
        CancelCallback cancelled = _ -> channel.abort();
        channel.basicConsume(queue, false, (_, delivery) -> take(channel, delivery), cancelled);
        subscribed = true;
        try {
            Throwable cause = end.await();
            LOG.debug("subscription lost cause={}", ShutdownSignal.reason(cause));
        } finally {
            subscribed = false;
        }
    }

    private String declare(Channel channel, Map<String, Object> arguments) throws IOException {
        String wanted = nameTaken ? name + "." + UUID.randomUUID().toString().substring(0, LETTERS_ADDED) : name;
        try {
            String declared =
                    channel.queueDeclare(wanted, false, true, true, arguments).getQueue();
            nameTaken = false; // to be asked for again with the next channel
            return declared;
        } catch (IOException e) {
            if (!name.isEmpty() && ShutdownSignal.isRefusal(e)) {
                nameTaken = true;
                LOG.warn(
                        "queue name taken queue={} cause=held by another connection; is INSTANCE another one for each"
                                + " replica?",
                        name);
            }
            throw e;
        }
    }

    private void take(Channel channel, Delivery delivery) throws IOException {
        received.incrementAndGet();
        try {
            handler.accept(delivery.getEnvelope().getExchange(), delivery.getBody());
        } catch (MalformedMessageException e) {
            failed.incrementAndGet();
            LOG.debug(
                    "message refused exchange={} cause={}",
                    delivery.getEnvelope().getExchange(),
                    e.getMessage());
        } catch (RuntimeException | Error e) {
            if (failed.getAndIncrement() % FAILURES_PER_LOG_LINE == 0) {
                LOG.error("handler failed exchange={}", delivery.getEnvelope().getExchange(), e);
            }
        }
        try {
            channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
        } catch (ShutdownSignalException e) {
            LOG.debug("acknowledgement lost cause={}", ShutdownSignal.reason(e)); // the queue went with its channel
        }
    }
}
