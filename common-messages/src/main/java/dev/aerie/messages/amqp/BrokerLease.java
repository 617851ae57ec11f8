package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A name that one process at a broker holds at a time: an exclusive queue, which the broker refuses to whoever comes
/// second and deletes with the holder's connection. Asked for again every second until it is held, and after a loss.
///
/// Owns its thread until [#close], which gives the name back.
public final class BrokerLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerLease.class);

    private final String queue;
    private final ChannelKeeper keeper;
    private volatile State state = State.UNKNOWN;

    /// How the name stands, as far as this process knows.
    public enum State {
        /// The broker has not answered yet, or is away.
        UNKNOWN,
        HELD,
        /// Another process holds it.
        TAKEN
    }

    /// - `queue`: its name
    public BrokerLease(BrokerConnection connection, String queue) {
        this.queue = queue;
        this.keeper = new ChannelKeeper(connection, "lease", this::hold);
    }

    public void start() {
        keeper.start();
    }

    public State state() {
        return state;
    }

    @Override
    public void close() {
        keeper.close();
    }

    private void hold(Channel channel) throws IOException, InterruptedException {
        var lost = ShutdownSignal.of(channel);
        try {
            channel.queueDeclare(queue, false, true, true, Map.of());
            become(State.HELD);
            lost.await();
        } catch (IOException e) {
            if (!ShutdownSignal.isRefusal(e)) {
                throw e;
            }
            become(State.TAKEN);
            return; // asked for again in a second
        } finally {
            if (state == State.HELD) {
                become(State.UNKNOWN);
            }
        }
    }

    private void become(State next) {
        if (state != next) {
            LOG.info("lease {} queue={}", next.name().toLowerCase(Locale.ROOT), queue);
        }
        state = next;
    }
}
