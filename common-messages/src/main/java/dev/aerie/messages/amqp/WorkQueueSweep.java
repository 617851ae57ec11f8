package dev.aerie.messages.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Messages;
import dev.aerie.messages.StreamEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks through the messages of a work queue that no worker holds, and takes out those of dead sessions, so that the
/// queue of a worker who is away holds no more than the sessions that run:
///
/// - a session that this process announced and that has ended goes at once
/// - one of another process, or of this one's former life, goes where no worker listens to the queue and the
///   message has lain in it unchanged for [Patience#stale]: whoever announced it would have renewed it meanwhile
///
/// What it looks at is taken unacknowledged and goes back to its place within milliseconds. Used by one thread.
final class WorkQueueSweep {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueueSweep.class);

    /// Of one look: more than a fleet has streams; the rest is looked at the next time.
    private static final int MAX_MESSAGES = 2_000;

    /// - `every`: time between two looks
    /// - `refresh`: age of our own message at which it is replaced, where no worker listens
    /// - `stale`: age of a message of others at which it counts as nobody's; several times `refresh`
    record Patience(Duration every, Duration refresh, Duration stale) {

        static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(2));
    }

    /// What this process knows: the sessions that it announced and that run, and those of them that ended.
    record Known(Set<StreamSession> running, Set<StreamSession> ended) {}

    private enum Verdict {
        KEEP,
        REMOVE,
        REPLACE
    }

    private final Patience patience;
    private final LongSupplier nanoTime;

    /// By queue without a worker: when each message was first seen, by its id.
    private final Map<String, Map<String, Long>> seenNanos = new HashMap<>();

    WorkQueueSweep(Patience patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /// Looks through one queue. Returns the running sessions that have to be published there again: those whose
    /// message was taken out to be replaced, or is gone although nobody can hold it.
    Set<StreamSession> sweep(Connection connection, String queue, Known known) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("the broker gives no more channels");
        }
        try {
            return sweepOn(channel, queue, known);
        } finally {
            channel.abort(); // which puts back what was looked at and not taken out
        }
    }

    private Set<StreamSession> sweepOn(Channel channel, String queue, Known known) throws IOException {
        boolean wasAbsent = seenNanos.containsKey(queue);
        boolean absent = channel.queueDeclarePassive(queue).getConsumerCount() == 0;
        var look = new Look(queue, known, absent ? seenNanos.getOrDefault(queue, Map.of()) : Map.of(), absent);
        boolean sawAll = look.through(channel);
        if (absent) {
            seenNanos.put(queue, look.seen);
        } else {
            seenNanos.remove(queue);
        }
        var again = new HashSet<>(look.replaced);
        if (absent && wasAbsent && sawAll && channel.queueDeclarePassive(queue).getConsumerCount() == 0) {
            known.running().stream()
                    .filter(session -> !look.kept.contains(session))
                    .forEach(again::add);
        }
        return again;
    }

    /// One look through one queue.
    private final class Look {

        private final String queue;
        private final Known known;
        private final Map<String, Long> before;
        private final boolean absent;
        private final Map<String, Long> seen = new HashMap<>();
        private final Set<StreamSession> kept = new HashSet<>();
        private final Set<StreamSession> replaced = new HashSet<>();

        Look(String queue, Known known, Map<String, Long> before, boolean absent) {
            this.queue = queue;
            this.known = known;
            this.before = before;
            this.absent = absent;
        }

        /// Returns whether it came to the queue's end.
        boolean through(Channel channel) throws IOException {
            for (int i = 0; i < MAX_MESSAGES; i++) {
                GetResponse message = channel.basicGet(queue, false);
                if (message == null) {
                    return true;
                }
                if (judge(message) != Verdict.KEEP) {
                    channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
                }
            }
            return false;
        }

        private Verdict judge(GetResponse message) {
            StreamSession session;
            try {
                session = StreamSession.of(Messages.read(StreamEvent.class, message.getBody()));
            } catch (MalformedMessageException e) {
                LOG.warn("message dropped queue={} cause={}", queue, e.getMessage());
                return Verdict.REMOVE;
            }
            String id = message.getProps().getMessageId();
            return judge(session, id == null ? session.stream() + "/" + session.session() : id);
        }

        private Verdict judge(StreamSession session, String id) {
            long now = nanoTime.getAsLong();
            long ageNanos = now - before.getOrDefault(id, now);
            if (known.running().contains(session)) {
                return judgeRunning(session, id, ageNanos);
            }
            boolean stale = absent && ageNanos >= patience.stale().toNanos();
            if (stale || known.ended().contains(session)) {
                LOG.info(
                        "dead session taken out queue={} stream={} session={}",
                        queue,
                        session.stream(),
                        session.session());
                return Verdict.REMOVE;
            }
            seen.put(id, now - ageNanos);
            return Verdict.KEEP;
        }

        private Verdict judgeRunning(StreamSession session, String id, long ageNanos) {
            if (kept.contains(session)) {
                return Verdict.REMOVE; // of an earlier showing under the same name
            }
            if (absent && ageNanos >= patience.refresh().toNanos()) {
                replaced.add(session);
                return Verdict.REPLACE;
            }
            kept.add(session);
            seen.put(id, nanoTime.getAsLong() - ageNanos);
            return Verdict.KEEP;
        }
    }
}
