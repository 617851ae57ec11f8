package dev.aerie.messages.amqp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.rabbitmq.client.Channel;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Publishes live results: never waits, keeps at most `capacity` messages while the broker is away or slow, drops the
/// oldest beyond that and counts them. What the broker had not yet taken when it died is lost: for what must not be,
/// see
/// [ConfirmedPublisher].
///
/// Safe for any number of threads; owns its own until [#close], which takes at most about two seconds and drops what is
/// still buffered.
public final class LivePublisher implements AutoCloseable {

    private static final Duration IDLE = Duration.ofMillis(500);

    private final int capacity;
    private final ChannelKeeper keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    @GuardedBy("lock")
    private final ArrayDeque<Outgoing> buffer = new ArrayDeque<>();

    @GuardedBy("lock")
    private final Map<String, Long> published = new TreeMap<>();

    @GuardedBy("lock")
    private long dropped;

    public LivePublisher(BrokerConnection connection, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.capacity = capacity;
        this.keeper = new ChannelKeeper(connection, "live-publisher", this::publishOn);
    }

    public void start() {
        keeper.start();
    }

    /// Publishes on the exchange of its kind.
    public void publish(Message message) {
        publish(MessageType.of(message.getClass()).exchange(), Messages.write(message));
    }

    /// Publishes a body that is already written, which becomes this publisher's.
    public void publish(String exchange, byte[] body) {
        lock.lock();
        try {
            if (buffer.size() == capacity) {
                buffer.removeFirst();
                dropped++;
            }
            buffer.addLast(new Outgoing(exchange, body));
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Messages handed to the broker, by exchange.
    public Map<String, Long> publishedByExchange() {
        lock.lock();
        try {
            return Map.copyOf(published);
        } finally {
            lock.unlock();
        }
    }

    /// Messages handed to the broker.
    public long published() {
        return publishedByExchange().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /// Messages that were dropped because newer ones filled the buffer.
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /// Messages that wait for the broker.
    public int buffered() {
        lock.lock();
        try {
            return buffer.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        keeper.close();
    }

    private void publishOn(Channel channel) throws IOException, InterruptedException {
        var declared = new HashSet<String>();
        while (channel.isOpen()) {
            Outgoing next = take();
            if (next != null) {
                publishOrPutBack(next, channel, declared);
            }
        }
    }

    private void publishOrPutBack(Outgoing next, Channel channel, Set<String> declared) throws IOException {
        boolean sent = false;
        try {
            next.send(channel, declared, false);
            sent = true;
        } finally {
            settle(next, sent);
        }
    }

    private @Nullable Outgoing take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = IDLE.toNanos();
            while (buffer.isEmpty() && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
            }
            return buffer.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void settle(Outgoing message, boolean sent) {
        lock.lock();
        try {
            if (sent) {
                published.merge(message.exchange(), 1L, Long::sum);
            } else if (buffer.size() < capacity) {
                buffer.addFirst(message);
            } else {
                dropped++;
            }
        } finally {
            lock.unlock();
        }
    }
}
