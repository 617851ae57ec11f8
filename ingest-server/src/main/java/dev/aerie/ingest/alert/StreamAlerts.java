package dev.aerie.ingest.alert;

import dev.aerie.messages.Alert;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Producer;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Applies rules to the objects of one session. Time is the frames' capture time. Not thread-safe.
final class StreamAlerts {

    /// An object that is not seen to meet a rule for this long no longer meets it.
    static final long GONE_AFTER_NANOS = 2_000_000_000;

    private static final int MAX_OBJECTS = 1_000;

    private final String session;
    private final InstantSource clock;
    private final Producer producer;
    private final Map<Long, ObjectPath> paths = new HashMap<>();
    private final Map<Long, Long> seenNanos = new HashMap<>();
    private final Map<Key, Meeting> meetings = new HashMap<>();
    private long lastFrame = -1;

    private record Key(String rule, long objectId) {}

    /// What is told of an object in an alert, from the last frame where it met the rule.
    private record Seen(
            FrameResult result,
            TrackedObject object,
            @Nullable Double speed) {

        long nanos() {
            return timeOf(result);
        }
    }

    /// `alert`: null until the dwell time is over.
    private record Meeting(
            AlertRule rule,
            long sinceNanos,
            Seen last,
            @Nullable String alert) {}

    StreamAlerts(String session, InstantSource clock, Producer producer) {
        this.session = session;
        this.clock = clock;
        this.producer = producer;
    }

    String session() {
        return session;
    }

    /// The alerts that begin and end with this frame of the session; none where it came before, or out of order.
    List<Alert> accept(FrameResult result, Map<String, AlertRule> rules) {
        long frame = result.envelope().frameId().frameNumber();
        if (frame <= lastFrame) {
            return List.of();
        }
        lastFrame = frame;
        var alerts = new ArrayList<Alert>();
        for (var object : result.objects()) {
            if (object.state() == TrackState.CONFIRMED && isKnown(object.id())) {
                var seen = new Seen(result, object, speed(result, object));
                rules.forEach((name, rule) -> apply(name, rule, seen, alerts));
            }
        }
        long now = timeOf(result);
        forgetObjects(now);
        end(
                alerts,
                (key, meeting) -> now - meeting.last().nanos() > GONE_AFTER_NANOS
                        || !Objects.equals(rules.get(key.rule()), meeting.rule()));
        return alerts;
    }

    /// Ends all alerts: the session has ended.
    List<Alert> end() {
        var alerts = new ArrayList<Alert>();
        end(alerts, (_, _) -> true);
        return alerts;
    }

    private void apply(String name, AlertRule rule, Seen seen, List<Alert> alerts) {
        var result = seen.result();
        if (!rule.isOf(String.valueOf(result.envelope().stream()))
                || !rule.isMetBy(seen.object(), result.widthPixels(), result.heightPixels(), seen.speed())) {
            return;
        }
        var key = new Key(name, seen.object().id());
        var before = meetings.get(key);
        boolean isSame = before != null
                && before.rule().equals(rule)
                && seen.nanos() - before.last().nanos() <= GONE_AFTER_NANOS;
        if (before != null && !isSame) {
            end(alerts, (each, _) -> each.equals(key));
        }
        long since = isSame ? before.sinceNanos() : seen.nanos();
        String alert = isSame ? before.alert() : null;
        if (alert == null && seen.nanos() - since >= rule.dwellSeconds() * 1e9) {
            alert = session + "-" + key.objectId() + "-" + name + "-" + lastFrame;
            alerts.add(alert(Alert.Kind.BEGAN, alert, name, since, seen));
        }
        meetings.put(key, new Meeting(rule, since, seen, alert));
    }

    private void end(List<Alert> alerts, Ending ending) {
        meetings.entrySet().removeIf(entry -> {
            var key = entry.getKey();
            var meeting = entry.getValue();
            boolean ends = ending.isOver(key, meeting);
            if (ends && meeting.alert() != null) {
                alerts.add(alert(Alert.Kind.ENDED, meeting.alert(), key.rule(), meeting.sinceNanos(), meeting.last()));
            }
            return ends;
        });
    }

    @FunctionalInterface
    private interface Ending {
        boolean isOver(Key key, Meeting meeting);
    }

    private Alert alert(Alert.Kind kind, String id, String rule, long sinceNanos, Seen seen) {
        var result = seen.result();
        var frame = result.envelope();
        var object = seen.object();
        var envelope = new Envelope(
                frame.stream(),
                frame.session(),
                frame.frameNumber(),
                frame.captureTimeNanos(),
                frame.clock(),
                clock.instant(),
                producer);
        return new Alert(
                envelope,
                kind,
                id,
                rule,
                object.id(),
                object.label(),
                object.score(),
                object.box(),
                result.widthPixels(),
                result.heightPixels(),
                (seen.nanos() - sinceNanos) / 1e9,
                seen.speed());
    }

    private @Nullable Double speed(FrameResult result, TrackedObject object) {
        double width = result.widthPixels();
        var box = object.box();
        seenNanos.put(object.id(), timeOf(result));
        return paths.computeIfAbsent(object.id(), _ -> new ObjectPath())
                .moved(
                        timeOf(result),
                        (box.leftPixels() + box.widthPixels() / 2) / width,
                        (box.topPixels() + box.heightPixels() / 2) / width);
    }

    private boolean isKnown(long objectId) {
        return paths.size() < MAX_OBJECTS || paths.containsKey(objectId);
    }

    private void forgetObjects(long nowNanos) {
        Predicate<Long> isGone = id -> nowNanos - seenNanos.getOrDefault(id, 0L) > GONE_AFTER_NANOS;
        paths.keySet().removeIf(isGone);
        seenNanos.keySet().removeIf(isGone);
    }

    private static long timeOf(FrameResult result) {
        return Objects.requireNonNull(result.envelope().captureTimeNanos(), "capture time");
    }
}
