package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.StreamEvent;
import dev.aerie.threads.BackgroundTasks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A worker's side of sharing out streams: takes as many running streams as this replica has capacity for and holds
/// each one's message unacknowledged while it works on it, so that the broker gives it to another replica when this one
/// dies.
///
/// A broken connection or a channel that the broker closed (RabbitMQ's `consumer_timeout`) does not stop the work:
/// after the return, what comes back to this replica goes on as if nothing had happened, and what has not come back
/// within [#GRACE] is another replica's now and is revoked.
///
/// Owns its thread until [#close], which gives everything back to the broker.
public final class StreamWorkQueue implements AutoCloseable {

    /// How long a stream may take to come back to the replica that held it.
    public static final Duration GRACE = Duration.ofSeconds(3);

    /// How long a stream is held on which the worker failed, so that it does not go round and round.
    static final Duration RETURN = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StreamWorkQueue.class);

    /// What a service does with the streams it is given. Called on one thread at a time; must not block for long.
    /// Where it throws, that stream alone goes back to the queue, after [#RETURN].
    public interface Worker {

        /// Begin to work on this stream. [StreamAssignment#release] says that the work is over.
        void assigned(StreamAssignment assignment);

        /// Another replica works on this stream now: stop.
        void revoked(StreamAssignment assignment);
    }

    private final String queue;
    private final int capacity;
    private final Worker worker;
    private final UnackedSessions held = new UnackedSessions();
    private final ChannelKeeper keeper;
    private final BackgroundTasks returns;

    /// - `service`: whose queue, `frame-processor`
    /// - `capacity`: how many streams at a time, from 1
    public StreamWorkQueue(BrokerConnection connection, String service, int capacity, Worker worker) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be >= 1, was " + capacity);
        }
        this.queue = Exchanges.workQueue(service);
        this.capacity = capacity;
        this.worker = worker;
        this.keeper = new ChannelKeeper(connection, queue, this::workOn);
        this.returns = new BackgroundTasks(queue + "-returns");
    }

    public void start() {
        keeper.start();
    }

    /// What this replica works on now.
    public List<StreamAssignment> held() {
        return held.all();
    }

    /// How many channels it has used so far; each beyond the first tells of one that was lost.
    public int channelsUsed() {
        return keeper.opened();
    }

    @Override
    public void close() {
        keeper.close();
        returns.close();
    }

    private void workOn(Channel channel) throws IOException, InterruptedException {
        var end = ShutdownSignal.of(channel);
        if (!WorkQueueProbe.exists(channel.getConnection(), queue)) {
            LOG.debug("no work queue yet queue={}", queue);
            return;
        }
        channel.basicQos(capacity);
        channel.basicConsume(queue, false, (_, delivery) -> take(channel, delivery), _ -> channel.abort());
        if (!end.await(GRACE)) {
            held.notHeldOn(channel).forEach(this::revoke);
            Throwable cause = end.await();
            LOG.info(
                    "work queue lost queue={} cause={} held={}",
                    queue,
                    ShutdownSignal.reason(cause),
                    held.all().size());
        }
    }

    private void take(Channel channel, Delivery delivery) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        StreamEvent event;
        try {
            event = Messages.read(StreamEvent.class, delivery.getBody());
        } catch (MalformedMessageException e) {
            LOG.warn("message dropped queue={} cause={}", queue, e.getMessage());
            channel.basicAck(tag, false);
            return;
        } catch (RuntimeException | Error e) {
            LOG.error("message not read queue={} retryMillis={}", queue, RETURN.toMillis(), e);
            returns.after(RETURN, new UnackedSessions.Claim(channel, tag)::giveBack);
            return;
        }
        var claim = new UnackedSessions.Claim(channel, tag);
        switch (held.claim(event, claim)) {
            case NEW -> assign(event, claim);
            case BACK -> LOG.debug("stream came back stream={}", event.envelope().stream());
            case DUPLICATE, FINISHED -> claim.acknowledge();
        }
    }

    private void assign(StreamEvent event, UnackedSessions.Claim claim) {
        var assignment = new StreamAssignment(event, held);
        held.add(assignment, claim);
        LOG.info("stream assigned stream={} session={}", assignment.stream(), assignment.session());
        try {
            worker.assigned(assignment);
        } catch (RuntimeException | Error e) {
            LOG.error("worker failed stream={} retryMillis={}", assignment.stream(), RETURN.toMillis(), e);
            returns.after(RETURN, assignment::giveBack);
        }
    }

    private void revoke(StreamAssignment assignment) {
        LOG.info("stream revoked stream={} session={}", assignment.stream(), assignment.session());
        try {
            worker.revoked(assignment);
        } catch (RuntimeException | Error e) {
            LOG.error("worker failed stream={}", assignment.stream(), e); // the next one is to hear of its own
        }
    }
}
