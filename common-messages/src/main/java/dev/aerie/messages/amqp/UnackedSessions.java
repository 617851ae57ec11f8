package dev.aerie.messages.amqp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import dev.aerie.messages.StreamEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions that this replica works on, each with its unacknowledged message, across lost channels.
final class UnackedSessions implements StreamAssignment.Giver {

    private static final Logger LOG = LoggerFactory.getLogger(UnackedSessions.class);
    private static final int REMEMBERED = 1000;

    private record Held(StreamAssignment assignment, Claim claim) {}

    /// What a message that arrives means.
    enum Arrival {
        /// A session not worked on here.
        NEW,
        /// The message of a session worked on here, back after its channel was lost.
        BACK,
        /// A second message of a session worked on here.
        DUPLICATE,
        /// A session whose work ended while the broker was away.
        FINISHED
    }

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<StreamSession, Held> bySession = new LinkedHashMap<>();

    /// Released when their channel was gone already, so that their messages come again.
    @GuardedBy("lock")
    private final SequencedSet<StreamSession> finished = new LinkedHashSet<>();

    /// Takes the message for a session that is held, if one is.
    Arrival claim(StreamEvent event, Claim claim) {
        var session = StreamSession.of(event);
        lock.lock();
        try {
            if (finished.contains(session)) {
                return Arrival.FINISHED;
            }
            Held held = bySession.get(session);
            if (held == null) {
                return Arrival.NEW;
            }
            if (held.claim().channel().equals(claim.channel())) {
                return Arrival.DUPLICATE;
            }
            bySession.put(session, new Held(held.assignment(), claim));
            return Arrival.BACK;
        } finally {
            lock.unlock();
        }
    }

    void add(StreamAssignment assignment, Claim claim) {
        lock.lock();
        try {
            bySession.put(assignment.key(), new Held(assignment, claim));
        } finally {
            lock.unlock();
        }
    }

    List<StreamAssignment> all() {
        lock.lock();
        try {
            return bySession.values().stream().map(Held::assignment).toList();
        } finally {
            lock.unlock();
        }
    }

    /// Removes and returns what has no message on `channel`.
    List<StreamAssignment> notHeldOn(Channel channel) {
        lock.lock();
        try {
            List<StreamAssignment> gone = bySession.values().stream()
                    .filter(held -> !held.claim().channel().equals(channel))
                    .map(Held::assignment)
                    .toList();
            gone.forEach(assignment -> bySession.remove(assignment.key()));
            return gone;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(StreamAssignment assignment) {
        Claim claim = remove(assignment);
        if (claim != null && !claim.acknowledge()) {
            remember(assignment.key());
        }
    }

    @Override
    public void giveBack(StreamAssignment assignment) {
        Claim claim = remove(assignment);
        if (claim != null) {
            claim.giveBack();
        }
    }

    private @Nullable Claim remove(StreamAssignment assignment) {
        lock.lock();
        try {
            Held held = bySession.get(assignment.key());
            if (held == null || !held.assignment().equals(assignment)) {
                return null;
            }
            bySession.remove(assignment.key());
            return held.claim();
        } finally {
            lock.unlock();
        }
    }

    private void remember(StreamSession session) {
        lock.lock();
        try {
            finished.addLast(session);
            if (finished.size() > REMEMBERED) {
                finished.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /// An unacknowledged message; worth nothing once its channel is closed, for the broker has it back then.
    record Claim(Channel channel, long deliveryTag) {

        /// Takes it off the queue; returns false if the channel is gone.
        boolean acknowledge() {
            try {
                channel.basicAck(deliveryTag, false);
                return true;
            } catch (IOException | ShutdownSignalException e) {
                LOG.debug("acknowledgement lost cause={}", ShutdownSignal.reason(e));
                return false;
            }
        }

        void giveBack() {
            try {
                channel.basicNack(deliveryTag, false, true);
            } catch (IOException | ShutdownSignalException e) {
                LOG.debug("already back cause={}", ShutdownSignal.reason(e));
            }
        }
    }
}
