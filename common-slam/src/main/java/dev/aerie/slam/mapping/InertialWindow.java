package dev.aerie.slam.mapping;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.imu.Preintegration;
import dev.aerie.slam.map.BodyMotion;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.solve.InertialTerms;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Readings between keyframes that follow each other in time, as terms of a bundle adjustment. Used once.
final class InertialWindow {

    /// Over more than this readings say too little.
    private static final long MAX_NANOS = 3_000_000_000L;

    private static final Vector3 GRAVITY = new Vector3(0, 0, -9.80665);

    private final InertialStart start;
    private final InertialNoise noise;
    private final List<Link> links = new ArrayList<>();

    /// Of the keyframes in the links, in the order of time; guesses for those that have none yet.
    private final Map<Keyframe, BodyMotion> motions = new LinkedHashMap<>();

    private record Link(Keyframe earlier, Keyframe later, Preintegration measured) {}

    private InertialWindow(InertialStart start, InertialNoise noise) {
        this.start = start;
        this.noise = noise;
    }

    /// - `inSubmap`: all its keyframes
    /// - `free`: those that may move; each is linked with the one before and the one after
    static InertialWindow of(InertialStart start, InertialNoise noise, List<Keyframe> inSubmap, Set<Keyframe> free) {
        var window = new InertialWindow(start, noise);
        var byTime = inSubmap.stream()
                .sorted(Comparator.comparingLong(InertialWindow::nanos))
                .toList();
        for (int i = 1; i < byTime.size(); i++) {
            var earlier = byTime.get(i - 1);
            var later = byTime.get(i);
            boolean isKnown = free.contains(earlier) || earlier.motion().isPresent();
            boolean isLaterKnown = free.contains(later) || later.motion().isPresent();
            if ((free.contains(earlier) || free.contains(later)) && isKnown && isLaterKnown) {
                window.link(earlier, later);
            }
        }
        return window;
    }

    private static long nanos(Keyframe keyframe) {
        return keyframe.frameFeatures().captureTimeNanos();
    }

    private void link(Keyframe earlier, Keyframe later) {
        if (nanos(later) - nanos(earlier) > MAX_NANOS) {
            return;
        }
        var readings = start.readings().between(nanos(earlier), nanos(later));
        if (readings.size() < 2) {
            return;
        }
        var known = Optional.ofNullable(motions.get(earlier)).or(earlier::motion);
        var gyroBias = known.map(BodyMotion::gyroBias).orElse(start.gyroBias());
        var measured = Preintegration.of(readings, gyroBias, noise);
        links.add(new Link(earlier, later, measured));
        var first = known.orElseGet(() -> guess(earlier, later, measured));
        motions.put(earlier, first);
        motions.put(later, later.motion().orElseGet(() -> after(earlier, first, later, measured)));
    }

    /// From where the two keyframes are: how fast the first must have been to get to the second.
    private BodyMotion guess(Keyframe earlier, Keyframe later, Preintegration measured) {
        var from = InertialMap.worldFromBody(earlier, start);
        var to = InertialMap.worldFromBody(later, start);
        double t = measured.seconds();
        var velocity = to.translation()
                .minus(from.translation())
                .minus(GRAVITY.times(t * t / 2))
                .minus(from.rotation().apply(measured.position()))
                .times(1 / t);
        return new BodyMotion(from.rotation().applyInverse(velocity), start.gyroBias(), Vector3.ZERO);
    }

    private BodyMotion after(Keyframe earlier, BodyMotion before, Keyframe later, Preintegration measured) {
        var from = InertialMap.worldFromBody(earlier, start).rotation();
        var gained = measured.velocity().plus(measured.velocityPerBias().apply(before.forceBias()));
        var velocity = from.apply(before.velocity().plus(gained)).plus(GRAVITY.times(measured.seconds()));
        var to = InertialMap.worldFromBody(later, start).rotation();
        return new BodyMotion(to.applyInverse(velocity), before.gyroBias(), before.forceBias());
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /// Keyframes next to free ones that must take part, holding still.
    List<Keyframe> keyframes() {
        return List.copyOf(motions.keySet());
    }

    /// - `indices`: of all [#keyframes] in the problem
    InertialTerms terms(Map<Keyframe, Integer> indices) {
        var terms = new InertialTerms(start.cameraFromBody(), noise);
        motions.forEach((keyframe, motion) -> terms.addMotion(
                index(indices, keyframe),
                new InertialTerms.Motion(
                        InertialMap.worldFromBody(keyframe, start).rotation().apply(motion.velocity()),
                        motion.gyroBias(),
                        motion.forceBias())));
        for (var link : links) {
            terms.addMeasurement(index(indices, link.earlier()), index(indices, link.later()), link.measured());
        }
        return terms;
    }

    private static int index(Map<Keyframe, Integer> indices, Keyframe keyframe) {
        Integer index = indices.get(keyframe);
        if (index == null) {
            throw new IllegalArgumentException(keyframe + " takes no part");
        }
        return index;
    }

    /// Gives the free keyframes the motions that were found; call it when they have moved.
    void writeBack(InertialTerms terms, Map<Keyframe, Integer> indices, Set<Keyframe> held) {
        for (var keyframe : motions.keySet()) {
            if (!held.contains(keyframe)) {
                var found = terms.motion(index(indices, keyframe));
                RigidTransform body = InertialMap.worldFromBody(keyframe, start);
                keyframe.moveAs(new BodyMotion(
                        body.rotation().applyInverse(found.velocity()), found.gyroBias(), found.forceBias()));
            }
        }
    }
}
