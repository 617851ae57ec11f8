package dev.aerie.ptz.aim;

import java.util.List;
import java.util.Optional;

/// Chooses one target and stays with it. Used by one thread.
final class SingleChooser {

    /// A click means what was there a moment ago, not what comes by later.
    private static final double CLICK_SECONDS = 1;

    private final Preference preference;
    private final LossConfig loss;
    private final boolean isClick;
    private Optional<TargetMemory> target = Optional.empty();
    private Optional<Challenger> challenger = Optional.empty();
    private Optional<Long> firstFrameNanos = Optional.empty();

    /// A better one than the target, without a break since a moment.
    private record Challenger(long trackId, long sinceNanos) {}

    /// A choice, and why.
    record Choice(MovingTrack track, Aim.Reason reason) {}

    SingleChooser(Preference preference, LossConfig loss, boolean isClick) {
        this.preference = preference;
        this.loss = loss;
        this.isClick = isClick;
    }

    /// Empty while there is no target, or while it is looked for.
    Optional<Choice> choose(AimFrame frame, List<MovingTrack> tracks) {
        long now = frame.captureTimeNanos();
        firstFrameNanos = Optional.of(firstFrameNanos.orElse(now));
        var detected = tracks.stream().filter(MovingTrack::isDetected).toList();
        var choice = target.isPresent() ? followed(target.get(), frame, tracks, detected) : chosen(frame, detected);
        choice.ifPresent(made -> target = Optional.of(remembered(made, now)));
        return choice;
    }

    TargetStatus status(long nowNanos) {
        return target.<TargetStatus>map(memory -> memory.seenAtNanos() == nowNanos
                        ? new TargetStatus.Followed(memory.trackId(), memory.label(), memory.identity())
                        : new TargetStatus.Lost(
                                memory.trackId(), memory.label(), memory.identity(), memory.seenAtNanos()))
                .orElseGet(TargetStatus.None::new);
    }

    private TargetMemory remembered(Choice choice, long now) {
        return switch (choice.reason()) {
            case CHOSEN, OVERTAKEN, GROUP -> TargetMemory.of(choice.track(), Optional.empty(), now, now);
            case KEPT, REACQUIRED ->
                target.map(memory -> memory.seen(choice.track(), now))
                        .orElseGet(() -> TargetMemory.of(choice.track(), Optional.empty(), now, now));
        };
    }

    private Optional<Choice> chosen(AimFrame frame, List<MovingTrack> detected) {
        challenger = Optional.empty();
        long first = firstFrameNanos.orElse(frame.captureTimeNanos());
        if (isClick && TrackMotions.secondsBetween(first, frame.captureTimeNanos()) > CLICK_SECONDS) {
            return Optional.empty();
        }
        return best(frame, detected).map(track -> new Choice(track, Aim.Reason.CHOSEN));
    }

    private Optional<Choice> followed(
            TargetMemory memory, AimFrame frame, List<MovingTrack> tracks, List<MovingTrack> detected) {
        long now = frame.captureTimeNanos();
        var found = found(memory, tracks, detected, now).filter(preference::mayKeep);
        if (found.isPresent()) {
            var reason = found.get().id() == memory.trackId() ? Aim.Reason.KEPT : Aim.Reason.REACQUIRED;
            return overtaken(memory, found.get(), frame, detected)
                    .or(() -> Optional.of(new Choice(found.get(), reason)));
        }
        if (!memory.isLate(loss, now) || preference.isNamed()) {
            return Optional.empty();
        }
        target = Optional.empty();
        return chosen(frame, detected);
    }

    private Optional<MovingTrack> found(
            TargetMemory memory, List<MovingTrack> tracks, List<MovingTrack> detected, long now) {
        var own =
                tracks.stream().filter(track -> track.id() == memory.trackId()).findFirst();
        if (own.isPresent() && !own.get().isDetected()) {
            // The tracker still knows where it is: only its identity can say that it is elsewhere.
            return memory.reacquired(detected, loss, now).filter(memory::hasIdentity);
        }
        var found = memory.find(detected, loss, now);
        boolean hasNewIdentity = found.isEmpty() && memory.isLate(loss, now) && preference.isNamed();
        return hasNewIdentity ? own : found;
    }

    /// Another one that has been better for long enough.
    private Optional<Choice> overtaken(
            TargetMemory memory, MovingTrack present, AimFrame frame, List<MovingTrack> detected) {
        var rule = preference.overtake();
        if (rule.isEmpty()) {
            return Optional.empty();
        }
        long now = frame.captureTimeNanos();
        double bar = preference.scoreOf(present, frame) * rule.get().factor();
        var better = best(frame, detected)
                .filter(track -> track.id() != present.id() && preference.scoreOf(track, frame) > bar);
        challenger = better.map(track -> challenger
                .filter(known -> known.trackId == track.id())
                .orElseGet(() -> new Challenger(track.id(), now)));
        boolean isHeld = TrackMotions.secondsBetween(memory.followedSinceNanos(), now)
                < rule.get().minHoldSeconds();
        boolean isConfirmed = challenger
                .filter(known -> TrackMotions.secondsBetween(known.sinceNanos, now)
                        >= rule.get().confirmSeconds())
                .isPresent();
        if (isHeld || !isConfirmed) {
            return Optional.empty();
        }
        challenger = Optional.empty();
        return better.map(track -> new Choice(track, Aim.Reason.OVERTAKEN));
    }

    private Optional<MovingTrack> best(AimFrame frame, List<MovingTrack> detected) {
        Optional<MovingTrack> best = Optional.empty();
        double score = 0;
        for (var track : detected) {
            double own = preference.scoreOf(track, frame);
            if (own > score) {
                best = Optional.of(track);
                score = own;
            }
        }
        return best;
    }
}
