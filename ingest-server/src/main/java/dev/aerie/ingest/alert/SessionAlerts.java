package dev.aerie.ingest.alert;

import dev.aerie.ingest.watch.SessionWatch;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Applies rules to the objects of one session.
final class SessionAlerts implements SessionWatch<Alert> {

    private static final int MAX_OBJECTS = 1_000;

    private final String session;
    private final Supplier<? extends Map<String, AlertRule>> rules;
    private final InstantSource clock;
    private final Producer producer;
    private final Map<Long, ObjectPath> paths = new HashMap<>();
    private final Map<Key, Meeting> meetings = new HashMap<>();

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

    /// - `rules`: by name, as they are now
    SessionAlerts(
            String session, Supplier<? extends Map<String, AlertRule>> rules, InstantSource clock, Producer producer) {
        this.session = session;
        this.rules = rules;
        this.clock = clock;
        this.producer = producer;
    }

    @Override
    public List<Alert> accept(FrameResult result) {
        var current = rules.get();
        var alerts = new ArrayList<Alert>();
        for (var object : result.objects()) {
            if (object.state() == TrackState.CONFIRMED && isKnown(object.id())) {
                var seen = new Seen(result, object, speed(result, object));
                current.forEach((name, rule) -> apply(name, rule, seen, alerts));
            }
        }
        long now = timeOf(result);
        forgetObjects(now);
        end(
                alerts,
                (key, meeting) -> now - meeting.last().nanos() > GONE_AFTER_NANOS
                        || !Objects.equals(current.get(key.rule()), meeting.rule()));
        return alerts;
    }

    @Override
    public List<Alert> end() {
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
        var same = before != null && isContinued(before, rule, seen) ? before : null;
        if (before != null && same == null) {
            end(alerts, (each, _) -> each.equals(key));
        }
        long since = same == null ? seen.nanos() : same.sinceNanos();
        String alert = same == null ? null : same.alert();
        if (alert == null && seen.nanos() - since >= rule.dwellSeconds() * 1e9) {
            long frame = result.envelope().frameId().frameNumber();
            alert = session + "-" + key.objectId() + "-" + name + "-" + frame;
            alerts.add(alert(Alert.Kind.BEGAN, alert, name, since, seen));
        }
        meetings.put(key, new Meeting(rule, since, seen, alert));
    }

    private static boolean isContinued(Meeting before, AlertRule rule, Seen seen) {
        return before.rule().equals(rule) && seen.nanos() - before.last().nanos() <= GONE_AFTER_NANOS;
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
        paths.values().removeIf(path -> nowNanos - path.lastNanos() > GONE_AFTER_NANOS);
    }

    private static long timeOf(FrameResult result) {
        return Objects.requireNonNull(result.envelope().captureTimeNanos(), "capture time");
    }
}
