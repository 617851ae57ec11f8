package dev.aerie.messages.amqp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aerie.messages.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what must not be lost: persistent messages, each kept here until the broker has confirmed it and published
/// again when the connection was lost before. A message may therefore arrive twice; none is lost while this process
/// lives.
///
/// - at most `capacity` messages are kept, of at most [#MAX_BYTES] together; beyond that [#offer] refuses and
///   counts, [#put] waits
/// - at most `window` of them are on their way at a time
/// - one that cannot be sent at all, whatever the broker does, is dropped, counted and logged
///
/// Safe for any number of threads; owns its own until [#close].
public final class ConfirmedPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);
    private static final Duration IDLE = Duration.ofMillis(500);

    /// Of the bodies of all messages that are kept. The one that reaches it is kept whole.
    public static final long MAX_BYTES = 64L << 20;

    private final int capacity;
    private final int window;
    private final boolean mustBeHeard;
    private final ChannelKeeper keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private int underway;

    @GuardedBy("lock")
    private long keptBytes;

    @GuardedBy("lock")
    private final Map<String, Long> confirmed = new TreeMap<>();

    @GuardedBy("lock")
    private long republished;

    @GuardedBy("lock")
    private long refused;

    @GuardedBy("lock")
    private long displaced;

    @GuardedBy("lock")
    private long unsendable;

    @GuardedBy("lock")
    private long unheard;

    public ConfirmedPublisher(BrokerConnection connection, int capacity, int window) {
        this(connection, "confirmed-publisher", capacity, window, true);
    }

    private ConfirmedPublisher(
            BrokerConnection connection, String name, int capacity, int window, boolean mustBeHeard) {
        if (capacity < 1 || window < 1) {
            throw new IllegalArgumentException("capacity and window must be >= 1, were " + capacity + " and " + window);
        }
        this.capacity = capacity;
        this.window = window;
        this.mustBeHeard = mustBeHeard;
        this.keeper = new ChannelKeeper(connection, name, this::publishOn);
    }

    /// One whose messages are worth nothing to nobody: those that no queue takes are not counted.
    static ConfirmedPublisher ofLive(BrokerConnection connection, int capacity, int window) {
        return new ConfirmedPublisher(connection, "live-publisher", capacity, window, false);
    }

    public void start() {
        keeper.start();
    }

    /// Takes the message, or refuses it (false, counted) while `capacity` messages are unconfirmed.
    public boolean offer(Message message) {
        return offer(OutgoingMessage.of(message));
    }

    /// [#offer(Message)] for a body that is already written, which becomes this publisher's.
    public boolean offer(String exchange, byte[] body) {
        return offer(OutgoingMessage.of(exchange, body));
    }

    private boolean offer(OutgoingMessage message) {
        lock.lock();
        try {
            if (isFull()) {
                refused++;
                return false;
            }
            accept(message);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes the message; while as many are unconfirmed as are kept, the oldest that are not on their way yet are
    /// dropped for it and counted, or this one itself where all are on their way.
    void offerNewest(OutgoingMessage message) {
        lock.lock();
        try {
            while (isFull()) {
                displaced++;
                OutgoingMessage oldest = waiting.pollFirst();
                if (oldest == null) {
                    return;
                }
                keptBytes -= oldest.bodyBytes();
            }
            accept(message);
        } finally {
            lock.unlock();
        }
    }

    /// Takes the message for an exchange that may be another than that of its kind, waiting for room as long as it
    /// takes.
    public void put(String exchange, Message message) throws InterruptedException {
        put(OutgoingMessage.of(exchange, message));
    }

    /// [#put(String, Message)] for a body that is already written, which becomes this publisher's.
    public void put(String exchange, byte[] body) throws InterruptedException {
        put(OutgoingMessage.of(exchange, body));
    }

    private void put(OutgoingMessage message) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isFull()) {
                changed.await();
            }
            accept(message);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything taken so far and since is confirmed; returns false if that took longer than `limit`.
    public boolean awaitConfirmed(Duration limit) throws InterruptedException {
        long nanos = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (underway + waiting.size() > 0) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// How many messages went which way since the start.
    public Counts counts() {
        lock.lock();
        try {
            long all = confirmed.values().stream().mapToLong(Long::longValue).sum();
            return new Counts(all, waiting.size() + underway, republished, refused);
        } finally {
            lock.unlock();
        }
    }

    /// Messages that the broker confirmed, by exchange.
    public Map<String, Long> confirmedByExchange() {
        lock.lock();
        try {
            return Map.copyOf(confirmed);
        } finally {
            lock.unlock();
        }
    }

    /// Messages dropped by [#offerNewest] for newer ones.
    public long displaced() {
        lock.lock();
        try {
            return displaced;
        } finally {
            lock.unlock();
        }
    }

    /// Messages dropped because they cannot be sent.
    public long unsendable() {
        lock.lock();
        try {
            return unsendable;
        } finally {
            lock.unlock();
        }
    }

    /// Messages that the broker took and gave to nobody, because no queue was bound; on RabbitMQ alone, others do
    /// not say.
    public long unheard() {
        lock.lock();
        try {
            return unheard;
        } finally {
            lock.unlock();
        }
    }

    /// - `unconfirmed`: kept here now
    /// - `republished`: sent again because a connection was lost or the broker said no
    /// - `refused`: not taken by [#offer]
    public record Counts(long confirmed, int unconfirmed, long republished, long refused) {}

    @Override
    public void close() {
        keeper.close();
    }

    @GuardedBy("lock")
    private boolean isFull() {
        return waiting.size() + underway >= capacity || keptBytes >= MAX_BYTES;
    }

    @GuardedBy("lock")
    private void accept(OutgoingMessage message) {
        waiting.addLast(message);
        keptBytes += message.bodyBytes();
        changed.signalAll();
    }

    private void publishOn(Channel channel) throws IOException, InterruptedException {
        var flight = new Flight();
        channel.confirmSelect();
        channel.addConfirmListener(flight::confirm, flight::refuse);
        boolean mandatory = mustBeHeard && BrokerConnection.kindOf(channel.getConnection()) == BrokerKind.RABBITMQ;
        channel.addReturnListener(_ -> countUnheard());
        var declared = new HashSet<String>();
        try {
            while (channel.isOpen()) {
                long sequence = channel.getNextPublishSeqNo();
                OutgoingMessage next = flight.take(sequence);
                if (next != null) {
                    send(next, sequence, channel, declared, mandatory, flight);
                }
            }
        } finally {
            flight.abandon();
        }
    }

    /// A message that the client cannot even write would stop all behind it for ever: it is dropped, and the
    /// channel, whose numbers may be wrong now, is left by the exception.
    private void send(
            OutgoingMessage message,
            long sequence,
            Channel channel,
            Set<String> declared,
            boolean mandatory,
            Flight flight)
            throws IOException {
        try {
            message.send(channel, declared, mandatory);
        } catch (ShutdownSignalException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            flight.drop(sequence);
            LOG.error("message dropped exchange={} cause={}", message.exchange(), e.toString());
            throw e;
        }
    }

    private void countUnheard() {
        lock.lock();
        try {
            unheard++;
        } finally {
            lock.unlock();
        }
    }

    /// The messages on their way on one channel, by the number under which the broker will confirm them. A
    /// confirmation that arrives after [#abandon] finds nothing and does nothing.
    private final class Flight {

        @GuardedBy("ConfirmedPublisher.this.lock")
        private final TreeMap<Long, OutgoingMessage> unconfirmed = new TreeMap<>();

        @Nullable
        OutgoingMessage take(long sequence) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long nanos = IDLE.toNanos();
                while ((waiting.isEmpty() || underway >= window) && nanos > 0) {
                    nanos = changed.awaitNanos(nanos);
                }
                if (waiting.isEmpty() || underway >= window) {
                    return null;
                }
                OutgoingMessage next = waiting.removeFirst();
                unconfirmed.put(sequence, next);
                underway++;
                return next;
            } finally {
                lock.unlock();
            }
        }

        void confirm(long sequence, boolean multiple) {
            lock.lock();
            try {
                List<OutgoingMessage> settled = remove(sequence, multiple);
                settled.forEach(message -> confirmed.merge(message.exchange(), 1L, Long::sum));
                settle(settled);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void refuse(long sequence, boolean multiple) {
            lock.lock();
            try {
                sendAgain(remove(sequence, multiple));
            } finally {
                lock.unlock();
            }
        }

        void drop(long sequence) {
            lock.lock();
            try {
                settle(remove(sequence, false));
                unsendable++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void abandon() {
            lock.lock();
            try {
                if (!unconfirmed.isEmpty()) {
                    sendAgain(remove(unconfirmed.lastKey(), true));
                }
            } finally {
                lock.unlock();
            }
        }

        @GuardedBy("ConfirmedPublisher.this.lock")
        private void settle(List<OutgoingMessage> settled) {
            underway -= settled.size();
            for (OutgoingMessage message : settled) {
                keptBytes -= message.bodyBytes();
            }
        }

        /// Back to the front of the line, in the old order.
        @GuardedBy("ConfirmedPublisher.this.lock")
        private void sendAgain(List<OutgoingMessage> messages) {
            underway -= messages.size();
            republished += messages.size();
            messages.reversed().forEach(waiting::addFirst);
            changed.signalAll();
        }

        @GuardedBy("ConfirmedPublisher.this.lock")
        private List<OutgoingMessage> remove(long sequence, boolean multiple) {
            SortedMap<Long, OutgoingMessage> settled =
                    multiple ? unconfirmed.headMap(sequence, true) : unconfirmed.subMap(sequence, true, sequence, true);
            var messages = new ArrayList<>(settled.values());
            settled.clear();
            return messages;
        }
    }
}
