package dev.aerie.ingest.alert;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.Alert;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.StreamEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Applies the [AlertRules] to every result of the fleet, once, for every fleet has one ingest-server. Thread-safe;
/// results are taken one after the other.
public final class Alerts {

    static final int MAX_RECENT = 500;
    private static final int MAX_STREAMS = 1_000;

    private final AlertRules rules;
    private final InstantSource clock;
    private final Producer producer;
    private final CopyOnWriteArrayList<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();

    /// The last used is the last.
    @GuardedBy("this")
    private final LinkedHashMap<String, StreamAlerts> streams = new LinkedHashMap<>(16, 0.75f, true);

    /// The session before, by stream: what comes late of it is not a new one.
    @GuardedBy("this")
    private final Map<String, String> former = new LinkedHashMap<>();

    @GuardedBy("this")
    private final ArrayDeque<Alert> recent = new ArrayDeque<>();

    public Alerts(AlertRules rules, InstantSource clock, Producer producer) {
        this.rules = rules;
        this.clock = clock;
        this.producer = producer;
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
            if (streams.containsKey(stream)) {
                return true;
            }
        }
        return rules.all().values().stream().anyMatch(rule -> rule.isOf(stream));
    }

    /// The objects of one frame. A recording that is shown again raises no alert.
    public void accept(FrameResult result) {
        if (result.envelope().clock() == CaptureClock.REPLAY) {
            return;
        }
        var alerts = new ArrayList<Alert>();
        synchronized (this) {
            String stream = result.envelope().frameId().stream();
            String session = result.envelope().frameId().session();
            if (session.equals(former.get(stream))) {
                return;
            }
            var watched = streams.get(stream);
            if (watched != null && !watched.session().equals(session)) {
                alerts.addAll(forget(stream));
                watched = null;
            }
            if (watched == null) {
                watched = new StreamAlerts(session, clock, producer);
                streams.put(stream, watched);
            }
            alerts.addAll(watched.accept(result, rules.all()));
            if (streams.size() > MAX_STREAMS) {
                alerts.addAll(forget(streams.firstEntry().getKey()));
            }
            alerts.forEach(this::remember);
        }
        alerts.forEach(this::tell);
    }

    /// A session that ended ends its alerts.
    public void accept(StreamEvent event) {
        var id = event.envelope().frameId();
        List<Alert> ended = List.of();
        synchronized (this) {
            var watched = streams.get(id.stream());
            if (event.event() == StreamEvent.Kind.ENDED
                    && watched != null
                    && watched.session().equals(id.session())) {
                ended = forget(id.stream());
                ended.forEach(this::remember);
            }
        }
        ended.forEach(this::tell);
    }

    /// The last ones, newest first.
    ///
    /// - `stream`: of this one alone; null for all
    public synchronized List<Alert> recent(@Nullable String stream) {
        return recent.stream()
                .filter(alert -> stream == null || stream.equals(alert.envelope().stream()))
                .toList();
    }

    @GuardedBy("this")
    private List<Alert> forget(String stream) {
        var gone = streams.remove(stream);
        if (gone == null) {
            return List.of();
        }
        former.remove(stream);
        former.put(stream, gone.session());
        if (former.size() > MAX_STREAMS) {
            former.remove(former.keySet().iterator().next());
        }
        return gone.end();
    }

    @GuardedBy("this")
    private void remember(Alert alert) {
        recent.addFirst(alert);
        if (recent.size() > MAX_RECENT) {
            recent.removeLast();
        }
    }

    private void tell(Alert alert) {
        listeners.forEach(listener -> listener.accept(alert));
    }
}
