package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads exchanges in batches without losing anything: a durable queue that fills while this reader is away, and a
/// batch acknowledged as a whole, after its handler returned. A message may arrive twice; handlers are idempotent.
///
/// Where the handler fails, by whatever it throws, the same batch is offered again every second, and nothing more is
/// taken meanwhile: the broker keeps what follows, up to the queue's bound, beyond which it forgets the oldest. A queue
/// that is there already keeps the bound it was made with. Owns its thread until [#close].
public final class DurableBatchSubscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DurableBatchSubscriber.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final int RETRIES_PER_LOG_LINE = 60;

    /// Of what waits for a reader that is away: some hours of a few streams, and less than what a broker in memory
    /// has.
    private static final long MAX_BYTES = 2L << 30;

    private static final long MAX_BYTES_IN_MEMORY = 64L << 20;

    /// - `messages`: so many at most make a batch, and so many may be unacknowledged beside it
    /// - `linger`: a batch waits so long for more after its first message
    public record Batches(int messages, Duration linger) {

        /// 500 messages, 50 ms.
        public static final Batches DEFAULT = new Batches(500, Duration.ofMillis(50));

        public Batches {
            if (messages < 1 || linger.isNegative()) {
                throw new IllegalArgumentException("batches need at least one message and no negative linger");
            }
        }
    }

    private final String queue;
    private @Nullable String predecessor;
    private final List<String> exchanges;
    private final Batches batches;
    private final BatchHandler handler;
    private final ChannelKeeper keeper;
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean subscribed;
    private volatile @Nullable String lastFailure;

    /// - `queue`: its name, `storage-service.messages`
    public DurableBatchSubscriber(
            BrokerConnection connection, String queue, List<String> exchanges, Batches batches, BatchHandler handler) {
        this.queue = queue;
        this.exchanges = List.copyOf(exchanges);
        this.batches = batches;
        this.handler = handler;
        this.keeper = new ChannelKeeper(connection, queue, this::consumeOn);
    }

    /// Names the queue of an earlier version: its messages are taken over before those of the current queue, and it
    /// is deleted once it is empty. Called before [#start].
    public DurableBatchSubscriber replacing(String oldQueue) {
        predecessor = oldQueue;
        return this;
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

    /// Attempts on which the handler failed.
    public long failed() {
        return failed.get();
    }

    /// Why the handler cannot take the batch at hand; null while it can.
    public @Nullable String lastFailure() {
        return lastFailure;
    }

    @Override
    public void close() {
        keeper.close();
    }

    private void consumeOn(Channel channel) throws IOException, InterruptedException {
        var arrived = new LinkedBlockingQueue<Delivery>();
        declareOnce(channel);
        for (String exchange : exchanges) {
            OutgoingMessage.declareExchange(channel, exchange);
            channel.queueBind(queue, exchange, "");
        }
        subscribed = true;
        try {
            if (predecessor != null) {
                new QueueTakeover(predecessor, exchanges).run(channel, batches.messages(), this::handle);
            }
            channel.basicQos(2 * batches.messages());
            channel.basicConsume(queue, false, (_, delivery) -> arrived.add(delivery), _ -> channel.abort());
            while (channel.isOpen()) {
                handle(channel, nextBatch(arrived));
            }
        } finally {
            subscribed = false;
        }
    }

    private void declareOnce(Channel channel) throws IOException {
        if (WorkQueueProbe.exists(channel.getConnection(), queue)) {
            return;
        }
        BrokerKind kind = BrokerConnection.kindOf(channel.getConnection());
        long maxBytes = kind == BrokerKind.RABBITMQ ? MAX_BYTES : MAX_BYTES_IN_MEMORY;
        channel.queueDeclare(queue, true, false, false, kind.patientQueue(maxBytes));
    }

    /// Empty after a while without messages, so that the caller looks after its channel.
    private List<Delivery> nextBatch(BlockingQueue<Delivery> arrived) throws InterruptedException {
        var batch = new ArrayList<Delivery>();
        Delivery first = arrived.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return batch;
        }
        batch.add(first);
        long end = System.nanoTime() + batches.linger().toNanos();
        while (batch.size() < batches.messages()) {
            Delivery next = arrived.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void handle(Channel channel, List<Delivery> batch) throws IOException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        List<byte[]> bodies = batch.stream().map(Delivery::getBody).toList();
        for (int attempt = 0; channel.isOpen(); attempt++) {
            if (isTaken(bodies, attempt)) {
                handled.addAndGet(bodies.size());
                channel.basicAck(batch.getLast().getEnvelope().getDeliveryTag(), true);
                return;
            }
            Thread.sleep(BrokerConnection.RETRY);
        }
    }

    private boolean isTaken(List<byte[]> bodies, int attempt) {
        try {
            handler.accept(bodies);
            lastFailure = null;
            return true;
        } catch (IOException | RuntimeException | Error e) {
            failed.incrementAndGet();
            lastFailure = ShutdownSignal.reason(e);
            if (attempt % RETRIES_PER_LOG_LINE == 0) {
                LOG.warn("batch waits queue={} attempts={} cause={}", queue, attempt + 1, lastFailure);
            }
            return false;
        }
    }
}
