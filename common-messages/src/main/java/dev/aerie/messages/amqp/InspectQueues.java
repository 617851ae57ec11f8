package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// For people who look at the broker: keeps the newest messages of each exchange in a queue `inspect.<exchange>` that
/// no service reads, so that RabbitMQ's management page shows them with "Get messages".
///
/// A queue is durable and bounded, in messages and in bytes, and forgets its oldest. RabbitMQ removes it an hour after
/// the last process that wants it has gone; Qpid keeps it until it ends. One that is there already is taken as it is.
///
/// Owns its thread until [#close].
public final class InspectQueues implements AutoCloseable {

    /// What each queue keeps.
    public static final int MESSAGES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(InspectQueues.class);
    private static final long MAX_BYTES = 16L << 20;
    private static final Duration UNUSED = Duration.ofHours(1);
    private static final Duration RENEW = Duration.ofMinutes(10);

    private final List<String> exchanges;
    private final ChannelKeeper keeper;
    private volatile boolean kept;

    /// - `exchanges`: whose messages are kept
    public InspectQueues(BrokerConnection connection, List<String> exchanges) {
        this.exchanges = List.copyOf(exchanges);
        this.keeper = new ChannelKeeper(connection, "inspect-queues", this::keep);
    }

    /// The queue that shows what passes through `exchange`.
    public static String queueOf(String exchange) {
        return "inspect." + exchange;
    }

    public void start() {
        keeper.start();
    }

    /// Whether every queue is there and bound.
    public boolean areKept() {
        return kept;
    }

    @Override
    public void close() {
        keeper.close();
    }

    private void keep(Channel channel) throws IOException, InterruptedException {
        var end = ShutdownSignal.of(channel);
        try {
            do {
                for (String exchange : exchanges) {
                    bind(channel, exchange);
                }
                LOG.debug("inspect queues kept exchanges={}", exchanges.size());
                kept = true;
            } while (!end.await(RENEW));
        } finally {
            kept = false;
        }
    }

    private static void bind(Channel channel, String exchange) throws IOException {
        String queue = queueOf(exchange);
        BrokerKind kind = BrokerConnection.kindOf(channel.getConnection());
        if (!WorkQueueProbe.exists(channel.getConnection(), queue)) { // which renews the lease of one that does
            channel.queueDeclare(queue, true, false, false, kind.shownQueue(MESSAGES, MAX_BYTES, UNUSED));
        }
        OutgoingMessage.declareExchange(channel, exchange);
        channel.queueBind(queue, exchange, "");
    }
}
