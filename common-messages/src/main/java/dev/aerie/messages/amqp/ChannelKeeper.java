package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aerie.threads.BackgroundThread;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one piece of work supplied with an open channel: waits for the connection, opens a channel, lends it to the
/// work, and does so again whenever the work returns or the channel fails, for whatever reason. Work that fails by a
/// bug of its own is logged, counted and begun again later and later ([BackgroundThread]).
///
/// Owns its thread; [#close] ends both within about two seconds.
final class ChannelKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelKeeper.class);
    private static final Duration JOIN = Duration.ofSeconds(2);

    /// What is done with a channel; returns when the channel is closed.
    interface Work {
        void run(Channel channel) throws IOException, InterruptedException;
    }

    private final BrokerConnection connection;
    private final String name;
    private final Work work;
    private final BackgroundThread thread;
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean closed;

    ChannelKeeper(BrokerConnection connection, String name, Work work) {
        this.connection = connection;
        this.name = name;
        this.work = work;
        this.thread = BackgroundThread.of(name, this::keep);
    }

    void start() {
        thread.start();
    }

    /// How many channels it has opened so far.
    int opened() {
        return opened.get();
    }

    @Override
    public void close() {
        closed = true;
        thread.close(JOIN);
    }

    private void keep() throws InterruptedException {
        while (!closed && !connection.isClosed()) {
            long start = System.nanoTime();
            runOnce();
            boolean livedLong = System.nanoTime() - start > BrokerConnection.RETRY.toNanos();
            if (!livedLong) {
                Thread.sleep(BrokerConnection.RETRY);
            }
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            Channel channel = connection.openChannel();
            opened.incrementAndGet();
            try {
                work.run(channel);
            } finally {
                channel.abort();
            }
        } catch (IOException | ShutdownSignalException e) {
            if (!closed && !connection.isClosed()) {
                LOG.warn("channel lost name={} cause={}", name, ShutdownSignal.reason(e));
            }
        }
    }
}
