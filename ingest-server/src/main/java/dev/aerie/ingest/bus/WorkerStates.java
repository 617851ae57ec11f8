package dev.aerie.ingest.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.Message;
import dev.aerie.messages.WorkerStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// The last status that each worker published for each stream; a silent worker is removed. Thread-safe.
public final class WorkerStates {

    /// Workers publish a status every few seconds; after this time without one a worker counts as gone.
    static final Duration FORGET_AFTER = Duration.ofSeconds(30);

    /// A worker publishes once that it gave a stream back. The status is kept until another worker of its service
    /// has the stream.
    static final Duration FORGET_GIVEN_BACK_AFTER = Duration.ofMinutes(10);

    static final int MAX_KEPT = 1_024;

    private final LongSupplier nanoTime;

    @GuardedBy("this")
    private final Map<Worker, Received> latest = new LinkedHashMap<>();

    private record Worker(String stream, String service, String instance) {}

    private record Received(WorkerStatus status, long atNanos) {}

    /// - `nanoTime`: as [System#nanoTime]
    public WorkerStates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Accepts any message of the bus; keeps worker statuses.
    public void accept(Message message) {
        String stream = message.envelope().stream();
        if (message instanceof WorkerStatus status && stream != null) {
            take(new Worker(stream, status.service(), status.instance()), status);
        }
    }

    /// The workers on a stream, by service and instance.
    public synchronized List<WorkerStatus> of(String stream) {
        forgetSilent();
        return latest.entrySet().stream()
                .filter(entry -> entry.getKey().stream().equals(stream))
                .map(entry -> entry.getValue().status())
                .sorted((one, other) ->
                        (one.service() + " " + one.instance()).compareTo(other.service() + " " + other.instance()))
                .toList();
    }

    private synchronized void take(Worker worker, WorkerStatus status) {
        Received before = latest.get(worker);
        boolean isEnded = status.state() == WorkerStatus.State.ENDED;
        if (isEnded && before != null && before.status().state() == WorkerStatus.State.GIVEN_BACK) {
            return; // that it is done with what it gave back is no news
        }
        latest.remove(worker);
        if (isEnded) {
            return;
        }
        if (status.state() != WorkerStatus.State.GIVEN_BACK) {
            latest.entrySet().removeIf(entry -> hasPassedTo(worker, entry.getKey(), entry.getValue()));
        }
        latest.put(worker, new Received(status, nanoTime.getAsLong()));
        if (latest.size() > MAX_KEPT) {
            var oldest = latest.entrySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static boolean hasPassedTo(Worker now, Worker before, Received last) {
        return last.status().state() == WorkerStatus.State.GIVEN_BACK
                && before.stream().equals(now.stream())
                && before.service().equals(now.service());
    }

    private synchronized void forgetSilent() {
        long now = nanoTime.getAsLong();
        latest.values()
                .removeIf(last -> now - last.atNanos() > keptFor(last.status()).toNanos());
    }

    private static Duration keptFor(WorkerStatus status) {
        return status.state() == WorkerStatus.State.GIVEN_BACK ? FORGET_GIVEN_BACK_AFTER : FORGET_AFTER;
    }
}
