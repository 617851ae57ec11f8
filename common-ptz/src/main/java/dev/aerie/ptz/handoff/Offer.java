package dev.aerie.ptz.handoff;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.site.SiteCamera;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// An offer that the neighbour has not confirmed yet. Used by one thread.
final class Offer {

    /// A track that the neighbour has not detected for so long is no candidate any more.
    private static final double FORGET_SECONDS = 1;

    private final HandoffEvent.Handoff handoff;
    private final SiteCamera to;
    private final long arrivalNanos;
    private final Map<Long, HandoffCandidate> candidates = new HashMap<>();
    private PtzPosition pointTo;
    private long pointedNanos;
    private Optional<Long> firstCandidateNanos = Optional.empty();

    Offer(HandoffEvent.Handoff handoff, SiteCamera to, long arrivalNanos, PtzPosition pointTo, long nowNanos) {
        this.handoff = handoff;
        this.to = to;
        this.arrivalNanos = arrivalNanos;
        this.pointTo = pointTo;
        this.pointedNanos = nowNanos;
    }

    /// The best track, by how much it is ahead of the next one.
    private record Best(long trackId, HandoffCandidate candidate, double lead) {}

    HandoffEvent.Handoff handoff() {
        return handoff;
    }

    SiteCamera to() {
        return to;
    }

    long arrivalNanos() {
        return arrivalNanos;
    }

    PtzPosition pointTo() {
        return pointTo;
    }

    double pointedSecondsAgo(long nowNanos) {
        return (nowNanos - pointedNanos) / 1e9;
    }

    void pointed(PtzPosition position, long nowNanos) {
        pointTo = position;
        pointedNanos = nowNanos;
    }

    /// Looks for the target in a frame of the neighbour.
    Optional<HandoffEvent.Confirmed> look(
            CameraReport report,
            GroundSensor sensor,
            FollowedTarget target,
            HandoffConfig config,
            IdentitySimilarity gallery) {
        long now = report.captureTimeNanos();
        for (var seen : report.seen()) {
            if (seen.label().equals(target.label())) {
                sensor.fix(seen.foot(), report.position()).ifPresent(fix -> watch(seen, fix, config, now));
            }
        }
        candidates.values().removeIf(candidate -> candidate.unseenSeconds(now) > FORGET_SECONDS);
        return best(target, config, gallery)
                .filter(best -> isDecided(best, config, now))
                .map(best -> new HandoffEvent.Confirmed(
                        handoff,
                        best.trackId,
                        best.candidate.similarity(target.identity(), gallery).isPresent()
                                ? HandoffEvent.Evidence.APPEARANCE
                                : HandoffEvent.Evidence.GEOMETRY));
    }

    private void watch(SeenTarget seen, GroundSensor.Fix fix, HandoffConfig config, long now) {
        var known = candidates.get(seen.trackId());
        if (known == null) {
            candidates.put(seen.trackId(), new HandoffCandidate(seen, fix, config, now));
        } else {
            known.seen(seen, fix, now);
        }
    }

    private Optional<Best> best(FollowedTarget target, HandoffConfig config, IdentitySimilarity gallery) {
        Optional<Best> best = Optional.empty();
        double first = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        for (var entry : candidates.entrySet()) {
            var score = entry.getValue().scoreAgainst(target.motion(), target.identity(), config, gallery);
            if (score.isEmpty()) {
                continue;
            }
            if (score.getAsDouble() > first) {
                second = first;
                first = score.getAsDouble();
                best = Optional.of(new Best(entry.getKey(), entry.getValue(), 0));
            } else {
                second = Math.max(second, score.getAsDouble());
            }
        }
        double lead = first - second;
        return best.map(found -> new Best(found.trackId, found.candidate, lead));
    }

    private boolean isDecided(Best best, HandoffConfig config, long now) {
        if (best.candidate.watchedSeconds() < config.confirmSeconds()) {
            return false;
        }
        firstCandidateNanos = Optional.of(firstCandidateNanos.orElse(now));
        boolean isLate = (now - firstCandidateNanos.get()) / 1e9 >= config.decideSeconds();
        return isLate || best.lead >= config.margin();
    }
}
