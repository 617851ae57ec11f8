package dev.aerie.vision.mot;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.motion.CameraMotion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The tracks of one stream: begins them, numbers them, ends them, reports them. Used by one thread.
final class TrackTable<M extends BoxMotion> {

    private final Function<Box, M> newMotion;
    private final Optional<TrackLog> log;
    private final List<TrackedBox<M>> tracks = new ArrayList<>();
    private long lastId;
    private boolean isFirstFrame = true;

    TrackTable(Function<Box, M> newMotion, Optional<TrackLog> log) {
        this.newMotion = newMotion;
        this.log = log;
    }

    void predict(CameraMotion cameraMotion, long frames) {
        for (TrackedBox<M> track : tracks) {
            track.predict(cameraMotion, frames);
        }
    }

    /// As [#predict], for a frame in which nobody looked for objects.
    void coast(CameraMotion cameraMotion, long frames) {
        for (TrackedBox<M> track : tracks) {
            track.coast(cameraMotion, frames);
        }
    }

    /// Those that are confirmed, or those that are not.
    List<TrackedBox<M>> confirmed(boolean areConfirmed) {
        return tracks.stream()
                .filter(track -> track.isConfirmed() == areConfirmed)
                .toList();
    }

    /// Begins a track for each of `open` with at least this score; in the first frame it is confirmed at once.
    void start(List<Observation> open, double minScore, int confirmHits) {
        for (Observation one : open) {
            if (one.detection().score() >= minScore) {
                tracks.add(new TrackedBox<>(++lastId, newMotion.apply(one.box()), one, isFirstFrame ? 1 : confirmHits));
            }
        }
        isFirstFrame = false;
    }

    /// Removes tracks that nobody has heard of yet.
    void remove(Collection<TrackedBox<M>> tentative) {
        tracks.removeAll(tentative);
    }

    void endMissed(long bufferFrames) {
        endIf(track -> track.missedFrames() > bufferFrames, "not_detected");
    }

    void endOutside(FrameSize frame) {
        endIf(track -> track.hasLeft(frame), "left_frame");
    }

    /// Of a detected and a missed track with the same box, the one that was tracked for longer stays.
    void endDuplicates(double minOverlap) {
        var visibleTracks =
                tracks.stream().filter(track -> track.missedFrames() == 0).toList();
        var missedTracks =
                tracks.stream().filter(track -> track.missedFrames() > 0).toList();
        for (TrackedBox<M> visible : visibleTracks) {
            for (TrackedBox<M> missing : missedTracks) {
                if (visible.box().overlapWith(missing.box()) > minOverlap) {
                    long missingFrames = missing.ageFrames() - missing.missedFrames();
                    TrackedBox<M> younger = visible.ageFrames() > missingFrames ? missing : visible;
                    endIf(track -> track == younger, "duplicate");
                }
            }
        }
    }

    Set<Long> identities() {
        return tracks.stream().map(TrackedBox::id).collect(Collectors.toUnmodifiableSet());
    }

    void forget() {
        tracks.clear();
        isFirstFrame = true;
    }

    /// All but those whose loss was reported before.
    List<BoxTrack> report(long coastFrames) {
        return tracks.stream()
                .filter(track -> !track.isLossReported())
                .map(track -> report(track, coastFrames))
                .toList();
    }

    private BoxTrack report(TrackedBox<M> track, long coastFrames) {
        TrackState before = track.reportedState();
        BoxTrack now = track.report(coastFrames);
        log.ifPresent(one -> one.changed(now.id(), now.label(), before, now.state(), "not_detected"));
        return now;
    }

    private void endIf(Predicate<TrackedBox<M>> isOver, String cause) {
        tracks.removeIf(track -> {
            boolean ends = isOver.test(track);
            if (ends && track.isConfirmed()) {
                log.ifPresent(one -> one.ended(track.id(), cause));
            }
            return ends;
        });
    }
}
