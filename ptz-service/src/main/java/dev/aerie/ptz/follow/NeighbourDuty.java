package dev.aerie.ptz.follow;

import dev.aerie.ptz.aim.AimMode;
import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.ptz.aim.TargetSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a camera does for its neighbours in place of its mode: it waits for a target, follows the one that it was
/// given, and leaves alone the one that it gave away. Not thread-safe.
final class NeighbourDuty {

    /// A track that was not seen for so long is another one when it comes back.
    private static final long FORGET_NANOS = 5_000_000_000L;

    private enum State {
        NONE,
        WAITING,
        TAKEN,
        GAVE_NAMED
    }

    private final Map<Long, Long> given = new HashMap<>();
    private State state = State.NONE;
    private long takenTrack;

    boolean isWaiting() {
        return state == State.WAITING;
    }

    boolean hasTaken() {
        return state == State.TAKEN;
    }

    void await() {
        state = State.WAITING;
    }

    void take(long trackId) {
        state = State.TAKEN;
        takenTrack = trackId;
        given.remove(trackId);
    }

    /// - `mode`: of the camera: where it names one target, it does not choose another in its place
    void give(long trackId, AimMode mode, long nowNanos) {
        boolean isNamed =
                mode instanceof AimMode.FollowOne one && one.selector().isNamed();
        state = isNamed ? State.GAVE_NAMED : State.NONE;
        given.put(trackId, nowNanos);
    }

    void end() {
        state = State.NONE;
    }

    /// What the camera does now.
    AimMode instead(AimMode mode) {
        return switch (state) {
            case NONE -> mode;
            case WAITING, GAVE_NAMED -> new AimMode.Hold();
            case TAKEN -> new AimMode.FollowOne(new TargetSelector.ById(takenTrack));
        };
    }

    /// The tracks without those that were given away.
    ///
    /// - `nowNanos`: capture time of the frame
    List<AimTrack> own(List<AimTrack> tracks, long nowNanos) {
        if (given.isEmpty()) {
            return tracks;
        }
        tracks.forEach(track -> given.computeIfPresent(track.id(), (_, _) -> nowNanos));
        given.values().removeIf(seen -> Math.abs(nowNanos - seen) > FORGET_NANOS);
        return tracks.stream().filter(track -> !given.containsKey(track.id())).toList();
    }
}
