package dev.aerie.ptz.handoff;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.site.Site;
import dev.aerie.ptz.site.SiteCamera;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Watches the targets of all cameras of a site on the ground. One that will leave its camera's reach, or that its
/// camera has lost, is offered to the free neighbour that will see it first; the neighbour is pointed to where it will
/// arrive, and takes over once one of its tracks is at the predicted place, moves as predicted and, where a gallery
/// knows both, looks like the target.
///
/// Used by one thread; knows no other time than that of the reports. Commands no camera: the caller does, by the
/// events.
public final class HandoffCoordinator {

    private static final double REPOSITION_SECONDS = 0.5;

    /// A lost target that nobody takes is forgotten.
    private static final double FORGET_SECONDS = 10;

    private static final double HAND_BACK_SECONDS = 10;

    private final Site site;
    private final HandoffConfig config;
    private final IdentitySimilarity gallery;
    private final Neighbours neighbours;
    private final Map<String, FollowedTarget> targets = new HashMap<>();
    private final Map<String, Offer> offers = new HashMap<>();
    private final Map<String, PtzPosition> positions = new HashMap<>();
    private final Map<String, Taken> taken = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private long handoffs;

    /// Where a camera's target came from.
    private record Taken(String from, long atNanos) {}

    public HandoffCoordinator(Site site, HandoffConfig config, IdentitySimilarity gallery) {
        this.site = site;
        this.config = config;
        this.gallery = gallery;
        this.neighbours = new Neighbours(site, config);
    }

    /// Takes in one frame of one camera; what is to be done now, in this order. A camera that the site does not know is
    /// ignored.
    public List<HandoffEvent> report(CameraReport report) {
        var camera = site.camera(report.camera());
        var events = new ArrayList<HandoffEvent>();
        if (camera.isEmpty()) {
            return events;
        }
        positions.put(report.camera(), report.position());
        noteWhetherBusy(report);
        follow(camera.get(), report, events);
        var target = Optional.ofNullable(targets.get(report.camera()));
        target.ifPresent(followed -> advance(camera.get(), followed, report.captureTimeNanos(), events));
        confirm(camera.get(), report, events);
        return List.copyOf(events);
    }

    /// A camera takes no target and gives none until its next report: a person moves it, or it sees nothing.
    public List<HandoffEvent> withdraw(String camera) {
        var events = new ArrayList<HandoffEvent>();
        busy.add(camera);
        forget(camera, HandoffEvent.Cause.TARGET_CHANGED, events);
        for (var offer : Map.copyOf(offers).entrySet()) {
            if (offer.getValue().to().name().equals(camera)) {
                fail(offer.getKey(), HandoffEvent.Cause.NEIGHBOUR_BUSY, events);
            }
        }
        return List.copyOf(events);
    }

    private void noteWhetherBusy(CameraReport report) {
        if (report.followedTrackId().isPresent()) {
            busy.add(report.camera());
        } else {
            busy.remove(report.camera());
        }
    }

    /// Brings the target of this camera up to date.
    private void follow(SiteCamera camera, CameraReport report, List<HandoffEvent> events) {
        long now = report.captureTimeNanos();
        var known = Optional.ofNullable(targets.get(camera.name()));
        if (known.filter(target -> target.unseenSeconds(now) > FORGET_SECONDS).isPresent()) {
            forget(camera.name(), HandoffEvent.Cause.TIMED_OUT, events);
            known = Optional.empty();
        }
        var seen = report.followedTrackId().stream()
                .boxed()
                .flatMap(id -> report.target(id).stream())
                .findFirst();
        var fix = seen.flatMap(target -> sensor(camera).fix(target.foot(), report.position()));
        if (seen.isEmpty() || fix.isEmpty()) {
            return;
        }
        if (known.filter(target ->
                        target.trackId() == seen.get().trackId() || target.canBe(seen.get(), fix.get(), config, now))
                .isPresent()) {
            known.get().seen(seen.get(), fix.get(), now);
        } else {
            forget(camera.name(), HandoffEvent.Cause.TARGET_CHANGED, events);
            targets.put(camera.name(), new FollowedTarget(camera.name(), seen.get(), fix.get(), config, now));
        }
    }

    private void forget(String camera, HandoffEvent.Cause cause, List<HandoffEvent> events) {
        targets.remove(camera);
        fail(camera, cause, events);
    }

    private void fail(String camera, HandoffEvent.Cause cause, List<HandoffEvent> events) {
        var offer = offers.remove(camera);
        if (offer != null) {
            events.add(new HandoffEvent.Failed(offer.handoff(), cause));
        }
    }

    /// Offers the target, keeps the neighbour pointed at it, or withdraws the offer.
    private void advance(SiteCamera camera, FollowedTarget target, long now, List<HandoffEvent> events) {
        boolean isLost = target.unseenSeconds(now) >= config.lostSeconds();
        boolean leaves =
                isLost || neighbours.leaves(camera, target.motion(), now).isPresent();
        var offer = offers.get(camera.name());
        if (offer == null) {
            if (leaves && target.isKnown(config)) {
                offer(target, now, events);
            }
        } else if (isOverdue(offer, target, now)) {
            forgetOrFail(camera.name(), isLost, events);
        } else if (!leaves) {
            fail(camera.name(), HandoffEvent.Cause.TARGET_STAYED, events);
        } else if (offer.pointedSecondsAgo(now) >= REPOSITION_SECONDS) {
            var pointTo = pointTo(offer.to(), target, Math.max(now, offer.arrivalNanos()));
            offer.pointed(pointTo, now);
            events.add(new HandoffEvent.Repositioned(offer.handoff(), pointTo));
        }
    }

    private void forgetOrFail(String camera, boolean isLost, List<HandoffEvent> events) {
        if (isLost) {
            forget(camera, HandoffEvent.Cause.TIMED_OUT, events);
        } else {
            fail(camera, HandoffEvent.Cause.TIMED_OUT, events);
        }
    }

    private boolean isOverdue(Offer offer, FollowedTarget target, long now) {
        long since = Math.max(offer.arrivalNanos(), target.seenNanos());
        return (now - since) / 1e9 > config.timeoutSeconds();
    }

    private void offer(FollowedTarget target, long now, List<HandoffEvent> events) {
        neighbours.next(target.camera(), target.motion(), now, this::isFree).ifPresent(arrival -> {
            var to = arrival.camera();
            boolean isBack = Optional.ofNullable(taken.get(target.camera()))
                    .filter(from -> from.from.equals(to.name()) && (now - from.atNanos) / 1e9 <= HAND_BACK_SECONDS)
                    .isPresent();
            var handoff = new HandoffEvent.Handoff(++handoffs, target.camera(), to.name(), target.trackId(), isBack);
            long when = Math.max(now, arrival.arrivalNanos());
            var pointTo = pointTo(to, target, when);
            offers.put(target.camera(), new Offer(handoff, to, when, pointTo, now));
            events.add(
                    new HandoffEvent.Offered(handoff, target.motion().at(when).position(), when, pointTo));
        });
    }

    private boolean isFree(String camera) {
        return !busy.contains(camera)
                && offers.values().stream().noneMatch(offer -> offer.to().name().equals(camera));
    }

    private PtzPosition pointTo(SiteCamera to, FollowedTarget target, long when) {
        var foot = target.motion().at(when).position();
        var now = positions.getOrDefault(to.name(), PtzPosition.HOME);
        return to.positionFor(foot, config.targetHeightMetres(), config.waitingShare(), now);
    }

    /// Looks for targets that were offered to this camera.
    private void confirm(SiteCamera camera, CameraReport report, List<HandoffEvent> events) {
        for (var from : List.copyOf(offers.keySet())) {
            var offer = offers.get(from);
            var target = targets.get(from);
            if (offer == null || target == null || !offer.to().equals(camera)) {
                continue;
            }
            if (report.followedTrackId().isPresent()) {
                fail(from, HandoffEvent.Cause.NEIGHBOUR_BUSY, events);
                continue;
            }
            offer.look(report, sensor(camera), target, config, gallery).ifPresent(confirmed -> {
                offers.remove(from);
                targets.remove(from);
                taken.put(camera.name(), new Taken(from, report.captureTimeNanos()));
                events.add(confirmed);
            });
        }
    }

    private GroundSensor sensor(SiteCamera camera) {
        return new GroundSensor(camera, site.groundUpMetres(), config.footErrorDegrees());
    }
}
