package dev.aerie.benchmarks.handoff;

import dev.aerie.ptz.handoff.HandoffConfig;
import dev.aerie.ptz.handoff.HandoffCoordinator;
import dev.aerie.ptz.handoff.HandoffEvent;
import dev.aerie.ptz.handoff.IdentitySimilarity;
import dev.aerie.ptz.site.Site;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// One walker is followed from one camera's side of the street to the other's, among all the others. Virtual time.
final class HandoffRun {

    private static final double FRAMES_PER_SECOND = 12.5;
    private static final double MAX_SECONDS = 60;
    private static final double KEPT_SECONDS = 5;

    private final List<Walker> walkers;
    private final Walker target;
    private final WatchingCamera from;
    private final WatchingCamera to;
    private final HandoffCoordinator coordinator;
    private double seconds;
    private boolean isFollowed;
    private Optional<Double> confirmedAt = Optional.empty();
    private OptionalInt given = OptionalInt.empty();
    private boolean isRight;
    private boolean isKept;

    /// How it went.
    ///
    /// - `isConfirmed`: the neighbour has taken over a track
    /// - `isRight`: it is that of the walker whom the first camera followed
    /// - `isKept`: five seconds later the neighbour follows the walker who was chosen in the beginning
    record Outcome(boolean isConfirmed, boolean isRight, boolean isKept) {}

    HandoffRun(Site site, List<Walker> walkers, int target, boolean hasAppearance, SplittableRandom random) {
        this.walkers = walkers;
        this.target = walkers.get(target);
        var appearances = hasAppearance ? Optional.of(new Appearances(random.split())) : Optional.<Appearances>empty();
        this.from = camera(site, this.target.walksEast() ? 0 : 1, appearances, random);
        this.to = camera(site, this.target.walksEast() ? 1 : 0, appearances, random);
        this.coordinator = new HandoffCoordinator(
                site,
                HandoffConfig.DEFAULT,
                appearances.<IdentitySimilarity>map(one -> one).orElse(IdentitySimilarity.NONE));
    }

    private WatchingCamera camera(Site site, int index, Optional<Appearances> appearances, SplittableRandom random) {
        var camera = site.cameras().get(index);
        var start = camera.positionFor(
                target.footAt(firstSecondIn(site)), Walker.HEIGHT_METRES, 0.25, dev.aerie.ptz.camera.PtzPosition.HOME);
        return new WatchingCamera(
                camera, start, () -> Instant.ofEpochSecond(0, WatchingCamera.nanos(seconds)), appearances, random);
    }

    /// When the target is well inside of the first camera's reach.
    private double firstSecondIn(Site site) {
        var first = site.cameras().get(target.walksEast() ? 0 : 1);
        double second = 0;
        while (second < MAX_SECONDS && !first.reaches(target.footAt(second))) {
            second += 0.5;
        }
        return second + 1;
    }

    Outcome run() {
        while (seconds < MAX_SECONDS && !isOver()) {
            step();
            seconds += 1 / FRAMES_PER_SECOND;
        }
        return new Outcome(confirmedAt.isPresent(), isRight, isKept);
    }

    private boolean isOver() {
        return confirmedAt.filter(at -> seconds > at + KEPT_SECONDS).isPresent();
    }

    private void step() {
        for (var camera : List.of(from, to)) {
            var report = camera.look(walkers, seconds);
            coordinator.report(report).forEach(this::obey);
        }
        if (!isFollowed && from.camera().reaches(target.footAt(seconds))) {
            from.trackOf(target.number()).ifPresent(id -> {
                isFollowed = true;
                from.follow(id);
            });
        }
        from.followedWalker().ifPresent(walker -> given = OptionalInt.of(walker));
        if (confirmedAt.isPresent()) {
            to.followedWalker().ifPresent(walker -> isKept = walker == target.number());
        }
    }

    private void obey(HandoffEvent event) {
        if (!event.handoff().to().equals(to.camera().name())) {
            return; // The target has turned out to be one who walks the other way: from has nobody to take back.
        }
        switch (event) {
            case HandoffEvent.Offered offered -> to.pointTo(offered.pointTo());
            case HandoffEvent.Repositioned moved -> to.pointTo(moved.pointTo());
            case HandoffEvent.Confirmed confirmed -> {
                confirmedAt = Optional.of(confirmedAt.orElse(seconds));
                isRight = to.walkerOf(confirmed.toTrackId()).equals(given);
                to.follow(confirmed.toTrackId());
                from.release();
            }
            case HandoffEvent.Failed _ -> {}
        }
    }
}
