package dev.aerie.messages.amqp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one connection of a service to its broker: made in the background, made again about a second after it is lost,
/// for ever. A broker that is away, at the start or later, blocks and fails nobody.
///
/// Owns its thread and its sockets until [#close], which takes at most about three seconds. Publishers and subscribers
/// are closed before it.
///
/// It does not use the client's own recovery: that one knows nothing of a first connection that fails or of a channel
/// that the broker closed. Here everyone who needs a channel sets it up afresh, the first time and every time after, by
/// the same code ([ChannelKeeper]).
public final class BrokerConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);
    /// Wait between two attempts at the broker. It does not grow: one process has one connection, and results are lost
    /// until it is back.
    static final Duration RETRY = Duration.ofSeconds(1);

    private final BrokerAddress address;
    private final BrokerSocket socket;
    private final BackgroundThread thread;
    private final List<Consumer<Boolean>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private @Nullable Connection current;

    @GuardedBy("lock")
    private boolean closed;

    private volatile @Nullable String lastFailure;

    /// - `clientName`: shown by the broker's management, `frame-processor fp-1`
    public BrokerConnection(BrokerAddress address, String clientName) {
        this.address = address;
        this.socket = new BrokerSocket(address, clientName);
        this.thread = BackgroundThread.of("broker", clientName, this::keepConnected);
    }

    /// Begins to connect and returns at once.
    public void start() {
        thread.start();
    }

    public boolean isConnected() {
        lock.lock();
        try {
            return current != null && current.isOpen();
        } finally {
            lock.unlock();
        }
    }

    /// What kind of broker answered; empty while there is none.
    public Optional<BrokerKind> kind() {
        lock.lock();
        try {
            return Optional.ofNullable(current).map(BrokerConnection::kindOf);
        } finally {
            lock.unlock();
        }
    }

    /// Why the last attempt failed or the connection was lost, for a readiness answer; empty while all is well.
    public Optional<String> lastFailure() {
        return isConnected() ? Optional.empty() : Optional.ofNullable(lastFailure);
    }

    /// Calls `listener` with true on each connection and false on each loss, on the connection's thread; it must
    /// not block.
    public void onChange(Consumer<Boolean> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        Connection open;
        lock.lock();
        try {
            closed = true;
            open = current;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
        socket.abort(open);
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a connection and opens a channel on it, which the caller owns. Throws [IOException] if that fails
    /// or this is closed.
    Channel openChannel() throws IOException, InterruptedException {
        Channel channel = awaitConnection().createChannel();
        if (channel == null) {
            throw new IOException("the broker gives no more channels");
        }
        return channel;
    }

    static BrokerKind kindOf(Connection connection) {
        return BrokerKind.of(connection.getServerProperties());
    }

    private Connection awaitConnection() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && (current == null || !current.isOpen())) {
                changed.await();
            }
            if (closed || current == null) {
                throw new IOException("the connection to the broker is closed");
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void keepConnected() throws InterruptedException {
        while (!isClosed()) {
            connectAndStay();
            Thread.sleep(RETRY);
        }
    }

    private void connectAndStay() throws InterruptedException {
        Connection connection;
        try {
            connection = socket.connect();
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            failed("broker away", e);
            return;
        }
        try {
            if (use(connection)) {
                stay(connection);
            }
        } finally {
            drop();
            if (connection.isOpen()) {
                socket.abort(connection);
            }
        }
    }

    private void stay(Connection connection) throws InterruptedException {
        var lost = ShutdownSignal.of(connection);
        LOG.info("broker connected address={} kind={}", address, kindOf(connection));
        lastFailure = null;
        tell(true);
        Throwable cause = lost.await();
        drop();
        tell(false);
        failed("broker lost", cause);
    }

    private boolean use(Connection connection) {
        lock.lock();
        try {
            current = closed ? null : connection;
            changed.signalAll();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        lock.lock();
        try {
            current = null;
        } finally {
            lock.unlock();
        }
    }

    /// Logs once per cause, not once per attempt.
    private void failed(String event, Throwable cause) {
        String reason = ShutdownSignal.reason(cause);
        if (!reason.equals(lastFailure) && !isClosed()) {
            LOG.warn("{} address={} cause={} retryMillis={}", event, address, reason, RETRY.toMillis());
        }
        lastFailure = reason;
    }

    private void tell(boolean connected) {
        for (Consumer<Boolean> listener : listeners) {
            try {
                listener.accept(connected);
            } catch (RuntimeException | Error e) {
                LOG.error("listener failed connected={}", connected, e); // its bug must not end the connection
            }
        }
    }
}
