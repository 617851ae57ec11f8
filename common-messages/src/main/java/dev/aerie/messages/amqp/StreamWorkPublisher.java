package dev.aerie.messages.amqp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.rabbitmq.client.Channel;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.StreamEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ingest's side of sharing out streams: one persistent message per session in the durable queue of each kind of
/// worker ([Exchanges#workQueue]), from which its replicas take them ([StreamWorkQueue]).
///
/// It owns the queues: only it declares them. So a queue that is not there tells that the broker forgot everything (one
/// that keeps nothing on disk was restarted), and every running session is put in again.
///
/// It also keeps them small: a session's message goes when the session ends and nobody took it, and so does what an
/// ingest left that is gone ([WorkQueueSweep]). So the queue of a service that is away holds the running sessions
/// alone.
///
/// Never blocks its callers; owns its thread until [#close].
public final class StreamWorkPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamWorkPublisher.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration CONFIRM = Duration.ofSeconds(5);

    private static final int ENDED_REMEMBERED = 1_000;

    private final List<String> queues;
    private final WorkQueueSweep.Patience patience;
    private final WorkQueueSweep sweep;
    private final ChannelKeeper keeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// The running sessions' events, oldest first.
    @GuardedBy("lock")
    private final Map<StreamSession, StreamEvent> running = new LinkedHashMap<>();

    /// The last sessions that ended, oldest first.
    @GuardedBy("lock")
    private final SequencedSet<StreamSession> over = new LinkedHashSet<>();

    @GuardedBy("lock")
    private boolean sweepWanted = true;

    private long lastSweepNanos;
    private long published;

    /// What the broker has confirmed.
    @GuardedBy("lock")
    private final Set<Entry> confirmed = new HashSet<>();

    private record Entry(String queue, StreamSession session) {}

    /// - `services`: whose queues to fill, usually [Exchanges#STREAM_WORKERS]
    public StreamWorkPublisher(BrokerConnection connection, List<String> services) {
        this(connection, services, WorkQueueSweep.Patience.DEFAULT);
    }

    StreamWorkPublisher(BrokerConnection connection, List<String> services, WorkQueueSweep.Patience patience) {
        this.patience = patience;
        this.sweep = new WorkQueueSweep(patience, System::nanoTime);
        this.queues = services.stream().map(Exchanges::workQueue).toList();
        this.keeper = new ChannelKeeper(connection, "stream-work-publisher", this::publishOn);
    }

    public void start() {
        keeper.start();
    }

    /// A session started: gives it to the workers, now or when the broker is back.
    public void started(StreamEvent event) {
        lock.lock();
        try {
            running.put(StreamSession.of(event), event);
            over.remove(StreamSession.of(event));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A session ended: it is not published again, and taken out where nobody works on it. Workers hear of its end
    /// on the stream events' exchange.
    public void ended(StreamEvent event) {
        var session = StreamSession.of(event);
        lock.lock();
        try {
            running.remove(session);
            confirmed.removeIf(entry -> entry.session().equals(session));
            over.addLast(session);
            if (over.size() > ENDED_REMEMBERED) {
                over.removeFirst();
            }
            sweepWanted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The running sessions, each a message in every queue.
    public int running() {
        lock.lock();
        try {
            return running.size();
        } finally {
            lock.unlock();
        }
    }

    /// How many messages of running sessions the broker has not confirmed yet.
    public int unconfirmed() {
        lock.lock();
        try {
            return queues.size() * running.size() - confirmed.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        keeper.close();
    }

    private void publishOn(Channel channel) throws IOException, InterruptedException {
        for (String queue : queues) {
            ensure(channel, queue);
        }
        channel.confirmSelect();
        while (channel.isOpen()) {
            List<Entry> due = awaitDue();
            if (!due.isEmpty()) {
                publish(channel, due);
            }
            if (isSweepDue()) {
                sweep(channel);
            }
        }
    }

    private boolean isSweepDue() {
        boolean isTime = System.nanoTime() - lastSweepNanos >= patience.every().toNanos();
        lock.lock();
        try {
            boolean due = sweepWanted || isTime;
            sweepWanted = false;
            return due;
        } finally {
            lock.unlock();
        }
    }

    private void sweep(Channel channel) throws IOException {
        WorkQueueSweep.Known known = known();
        for (String queue : queues) {
            forget(queue, sweep.sweep(channel.getConnection(), queue, known));
        }
        lastSweepNanos = System.nanoTime();
    }

    private WorkQueueSweep.Known known() {
        lock.lock();
        try {
            return new WorkQueueSweep.Known(Set.copyOf(running.keySet()), Set.copyOf(over));
        } finally {
            lock.unlock();
        }
    }

    /// These sessions are to be published into the queue again.
    private void forget(String queue, Set<StreamSession> sessions) {
        lock.lock();
        try {
            sessions.forEach(session -> confirmed.remove(new Entry(queue, session)));
        } finally {
            lock.unlock();
        }
    }

    private void ensure(Channel channel, String queue) throws IOException {
        if (WorkQueueProbe.exists(channel.getConnection(), queue)) {
            return;
        }
        channel.queueDeclare(queue, true, false, false, Map.of());
        lock.lock();
        try {
            confirmed.removeIf(entry -> entry.queue().equals(queue));
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> awaitDue() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            List<Entry> due = due();
            long nanos = IDLE.toNanos();
            while (due.isEmpty() && !sweepWanted && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                due = due();
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private List<Entry> due() {
        var due = new ArrayList<Entry>();
        for (StreamSession session : running.keySet()) {
            for (String queue : queues) {
                var entry = new Entry(queue, session);
                if (!confirmed.contains(entry)) {
                    due.add(entry);
                }
            }
        }
        return due;
    }

    private void publish(Channel channel, List<Entry> due) throws IOException, InterruptedException {
        for (Entry entry : due) {
            StreamEvent event = eventOf(entry);
            if (event != null) {
                var session = entry.session();
                String id = session.stream() + "/" + session.session() + "#" + ++published;
                OutgoingMessage.sendToQueue(channel, entry.queue(), event, id);
            }
        }
        try {
            if (channel.waitForConfirms(CONFIRM.toMillis())) {
                settle(due);
            }
        } catch (TimeoutException e) {
            throw new IOException("the broker did not confirm within " + CONFIRM.toSeconds() + " s", e);
        }
    }

    private @Nullable StreamEvent eventOf(Entry entry) {
        lock.lock();
        try {
            return running.get(entry.session());
        } finally {
            lock.unlock();
        }
    }

    private void settle(List<Entry> entries) {
        lock.lock();
        try {
            for (Entry entry : entries) {
                if (running.containsKey(entry.session())) {
                    confirmed.add(entry);
                }
            }
        } finally {
            lock.unlock();
        }
        LOG.info("streams given to workers count={}", entries.size());
    }
}
