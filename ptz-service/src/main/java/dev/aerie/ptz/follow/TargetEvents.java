package dev.aerie.ptz.follow;

import dev.aerie.messages.PtzEvent.Kind;
import dev.aerie.ptz.aim.Aim;
import dev.aerie.ptz.aim.TargetStatus;
import dev.aerie.ptz.control.FollowState;
import dev.aerie.ptz.fleet.EventTeller;
import dev.aerie.video.FrameStamp;
import java.util.Locale;
import java.util.Optional;

/// Tells what becomes of one camera's target: chosen, lost, searched for. Not thread-safe.
final class TargetEvents {

    private final EventTeller events;
    private TargetStatus target = new TargetStatus.None();
    private boolean searching;

    TargetEvents(EventTeller events) {
        this.events = events;
    }

    TargetStatus target() {
        return target;
    }

    void forget() {
        target = new TargetStatus.None();
    }

    /// After a frame.
    void see(FrameStamp stamp, Optional<Aim> aim, TargetStatus now) {
        var before = target;
        target = now;
        switch (now) {
            case TargetStatus.Followed followed
            when !isFollowed(before, followed.trackId()) ->
                events.tell(
                        stamp,
                        Kind.TARGET_CHOSEN,
                        draft -> draft.object(followed.trackId()).cause(cause(followed, aim)));
            case TargetStatus.Lost lost
            when before instanceof TargetStatus.Followed ->
                events.tell(stamp, Kind.TARGET_LOST, draft -> draft.object(lost.trackId()));
            case TargetStatus.Followed _, TargetStatus.Lost _, TargetStatus.None _ -> {}
        }
    }

    /// After a step of the controller.
    void step(FollowState state) {
        boolean before = searching;
        searching = state == FollowState.SEARCHING;
        if (searching && !before) {
            events.tell(
                    Kind.SEARCHING,
                    draft -> target instanceof TargetStatus.Lost lost ? draft.object(lost.trackId()) : draft);
        }
    }

    private static String cause(TargetStatus.Followed followed, Optional<Aim> aim) {
        return aim.map(one -> followed.label() + ", " + one.reason().name().toLowerCase(Locale.ROOT))
                .orElse(followed.label());
    }

    private static boolean isFollowed(TargetStatus status, long trackId) {
        return status instanceof TargetStatus.Followed followed && followed.trackId() == trackId;
    }
}
