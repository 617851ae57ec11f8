package dev.aerie.cli.live;

import dev.aerie.cli.rerun.LogMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What waits for one viewer, in messages and bytes. Where that is too much all of it is dropped, and the viewer goes
/// on at the next IDR frame. The writer's methods are called under the lock of its [LiveLog].
final class ViewerQueue {

    static final int MAX_MESSAGES = 4096;
    static final int MAX_BYTES = 32 << 20;

    private final LinkedBlockingQueue<LogMessage> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private boolean awaitsGroup = true;
    private boolean tooSlow;

    void offer(LogMessage message) {
        if (awaitsGroup) {
            dropped.addAndGet(tooSlow ? 1 : 0);
            return;
        }
        if (waiting.size() >= MAX_MESSAGES
                || waitingBytes.get() + message.content().size() > MAX_BYTES) {
            var lost = new ArrayList<LogMessage>();
            waiting.drainTo(lost);
            lost.forEach(each -> waitingBytes.addAndGet(-each.content().size()));
            dropped.addAndGet(lost.size() + 1L);
            tooSlow = true;
            awaitsGroup = true;
            return;
        }
        put(message);
    }

    /// Nothing more before [#resume].
    void awaitGroup() {
        awaitsGroup = true;
    }

    /// Goes on with `first` where it has waited for an IDR frame.
    void resume(List<LogMessage> first) {
        if (awaitsGroup) {
            awaitsGroup = false;
            tooSlow = false;
            first.forEach(this::put);
        }
    }

    /// The next message; null where none has come for so long.
    @Nullable
    LogMessage take(Duration longest) throws InterruptedException {
        LogMessage message = waiting.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
        if (message != null) {
            waitingBytes.addAndGet(-message.content().size());
        }
        return message;
    }

    /// Messages that this viewer was too slow for.
    long dropped() {
        return dropped.get();
    }

    private void put(LogMessage message) {
        waitingBytes.addAndGet(message.content().size());
        waiting.add(message);
    }
}
