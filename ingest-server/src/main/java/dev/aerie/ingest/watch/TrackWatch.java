package dev.aerie.ingest.watch;

import dev.aerie.ingest.watch.TrackChange.Kind;
import dev.aerie.ingest.watch.TrackChange.Track;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The objects of one session: each begins in the first frame where it is detected, is updated once a second of video
/// while it is, and ends two seconds after it was for the last time.
final class TrackWatch implements SessionWatch<TrackChange> {

    private static final long UPDATE_EVERY_NANOS = 1_000_000_000;
    private static final int MAX_OBJECTS = 1_000;

    private final Map<Long, Watched> tracks = new HashMap<>();

    /// - `told`: what was last told of
    /// - `last`: how it was last seen
    private record Watched(Track told, Track last) {}

    @Override
    public List<TrackChange> accept(FrameResult result) {
        var changes = new ArrayList<TrackChange>();
        long now = Objects.requireNonNull(result.envelope().captureTimeNanos(), "capture time");
        tracks.values().removeIf(watched -> {
            boolean isGone = now - watched.last().lastNanos() > GONE_AFTER_NANOS;
            if (isGone) {
                changes.add(new TrackChange(Kind.ENDED, watched.told(), watched.last()));
            }
            return isGone;
        });
        for (var object : result.objects()) {
            if (object.state() == TrackState.CONFIRMED) {
                see(result, object, now, changes);
            }
        }
        return changes;
    }

    @Override
    public List<TrackChange> end() {
        var changes = tracks.values().stream()
                .map(watched -> new TrackChange(Kind.ENDED, watched.told(), watched.last()))
                .toList();
        tracks.clear();
        return changes;
    }

    private void see(FrameResult result, TrackedObject object, long now, List<TrackChange> changes) {
        var watched = tracks.get(object.id());
        if (watched == null && tracks.size() < MAX_OBJECTS) {
            var track = new Track(result, object, now, object.score());
            changes.add(new TrackChange(Kind.BEGAN, null, track));
            tracks.put(object.id(), new Watched(track, track));
        } else if (watched != null) {
            var last = watched.last();
            var track = new Track(result, object, last.firstNanos(), Math.max(last.topScore(), object.score()));
            boolean isDue = now - watched.told().lastNanos() >= UPDATE_EVERY_NANOS
                    || !watched.told().object().label().equals(object.label());
            if (isDue) {
                changes.add(new TrackChange(Kind.UPDATED, watched.told(), track));
            }
            tracks.put(object.id(), new Watched(isDue ? track : watched.told(), track));
        }
    }
}
