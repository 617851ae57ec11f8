package dev.aerie.ingest.alert;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.watch.SessionWatches;
import dev.aerie.messages.Alert;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Applies the [AlertRules] to every result of the fleet, once, for every fleet has one ingest-server. Thread-safe;
/// results are taken one after the other.
public final class Alerts {

    static final int MAX_RECENT = 500;

    private final AlertRules rules;
    private final CopyOnWriteArrayList<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();

    private final LongAdder begun = new LongAdder();

    @GuardedBy("this")
    private final SessionWatches<Alert> sessions;

    @GuardedBy("this")
    private final ArrayDeque<Alert> recent = new ArrayDeque<>();

    public Alerts(AlertRules rules, InstantSource clock, Producer producer) {
        this.rules = rules;
        sessions = new SessionWatches<>(session -> new SessionAlerts(session, rules::all, clock, producer));
    }

    public AlertRules rules() {
        return rules;
    }

    /// Hears of each alert, on the thread that brings the result; must not block.
    public void addListener(Consumer<Alert> listener) {
        listeners.add(listener);
    }

    /// Whether results of this stream can lead to anything.
    public boolean isWatched(@Nullable String stream) {
        if (stream == null) {
            return false;
        }
        synchronized (this) {
            if (sessions.contains(stream)) {
                return true;
            }
        }
        return rules.all().values().stream().anyMatch(rule -> rule.isOf(stream));
    }

    /// The objects of one frame.
    public void accept(FrameResult result) {
        List<Alert> happened;
        synchronized (this) {
            happened = sessions.accept(result);
            happened.forEach(this::remember);
        }
        tell(happened);
    }

    /// A session that ended ends its alerts.
    public void accept(StreamEvent event) {
        List<Alert> happened;
        synchronized (this) {
            happened = sessions.accept(event);
            happened.forEach(this::remember);
        }
        tell(happened);
    }

    /// The last ones, newest first.
    ///
    /// - `stream`: of this one alone; null for all
    public synchronized List<Alert> recent(@Nullable String stream) {
        return recent.stream()
                .filter(alert -> stream == null || stream.equals(alert.envelope().stream()))
                .toList();
    }

    /// Alerts that have begun.
    public long begun() {
        return begun.sum();
    }

    @GuardedBy("this")
    private void remember(Alert alert) {
        if (alert.event() == Alert.Kind.BEGAN) {
            begun.increment();
        }
        recent.addFirst(alert);
        if (recent.size() > MAX_RECENT) {
            recent.removeLast();
        }
    }

    private void tell(List<Alert> happened) {
        happened.forEach(alert -> listeners.forEach(listener -> listener.accept(alert)));
    }
}
