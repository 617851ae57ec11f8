package dev.aerie.slam.earth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.tuning.GeoAlignmentConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Aligns the trajectory with the vehicle's reported positions: finds the map's similarity to the earth.
///
/// The last minutes are fitted by a similarity, anew with each fix. A way along one line leaves open how the map is
/// rolled about it: then nothing is claimed, unless an inertial sensor has said what is up.
///
/// Fixes come from any thread, poses from one.
public final class GeoAlignmentSolver {

    private static final int MAX_PENDING = 50;

    private final GeoAlignmentConfig config;

    @GuardedBy("pending")
    private final Deque<GnssFix> pending = new ArrayDeque<>();

    private final Deque<Pair> pairs = new ArrayDeque<>();
    private @Nullable TangentPlane plane;
    private @Nullable FramePose last;
    private Optional<GeoAlignment> found = Optional.empty();

    /// A place in the map and where it is: east, north, up.
    private record Pair(long timeNanos, Vector3 inMap, Vector3 inPlane, OptionalDouble groundMetres) {}

    public GeoAlignmentSolver() {
        this(GeoAlignmentConfig.DEFAULT);
    }

    public GeoAlignmentSolver(GeoAlignmentConfig config) {
        this.config = config;
    }

    /// Adds a fix that the vehicle reported.
    public void addFix(GnssFix fix) {
        synchronized (pending) {
            pending.add(fix);
            if (pending.size() > MAX_PENDING) {
                pending.removeFirst();
            }
        }
    }

    /// Takes the pose of a tracked frame, in the map's own axes and unit.
    ///
    /// - `uprightFromMap`: what brings the map to metres with Z up, where an inertial sensor has told
    public Optional<GeoAlignment> addPose(FramePose pose, Optional<Sim3> uprightFromMap) {
        var before = last;
        last = pose;
        if (before != null && before.submap() != pose.submap()) {
            pairs.clear();
            found = Optional.empty();
        } else if (before != null && pair(before, pose)) {
            found = fit(uprightFromMap);
        }
        return found;
    }

    /// Pairs the fixes between two poses with the place then; whether there was one.
    private boolean pair(FramePose before, FramePose now) {
        boolean isNew = false;
        synchronized (pending) {
            while (!pending.isEmpty() && pending.getFirst().timeNanos() <= now.captureTimeNanos()) {
                isNew |= pair(before, now, pending.removeFirst());
            }
        }
        return isNew;
    }

    private boolean pair(FramePose before, FramePose now, GnssFix fix) {
        long length = now.captureTimeNanos() - before.captureTimeNanos();
        long since = fix.timeNanos() - before.captureTimeNanos();
        boolean isDue =
                pairs.isEmpty() || Math.abs(fix.timeNanos() - pairs.getLast().timeNanos) >= config.pairEveryNanos();
        if (!isDue || since < 0 || length <= 0 || length > config.maxPoseGapNanos()) {
            return false;
        }
        var axes = plane == null ? new TangentPlane(fix.position()) : plane;
        plane = axes;
        var from = before.worldFromCamera().translation();
        var displacement = now.worldFromCamera().translation().minus(from);
        var inPlane = axes.toLocal(fix.position());
        var ground = fix.aboveGroundMetres().isPresent()
                ? OptionalDouble.of(inPlane.z() - fix.aboveGroundMetres().getAsDouble())
                : OptionalDouble.empty();
        pairs.add(new Pair(fix.timeNanos(), from.plus(displacement.times((double) since / length)), inPlane, ground));
        if (pairs.size() > config.maxPairs()) {
            pairs.removeFirst();
        }
        return true;
    }

    private Optional<GeoAlignment> fit(Optional<Sim3> uprightFromMap) {
        if (pairs.size() < config.minPairs() || plane == null) {
            return Optional.empty();
        }
        List<Vector3> inMap = new ArrayList<>(pairs.stream().map(Pair::inMap).toList());
        List<Vector3> inPlane =
                new ArrayList<>(pairs.stream().map(Pair::inPlane).toList());
        double length = PrincipalExtents.of(inPlane).alongMetres();
        uprightFromMap.ifPresent(upright -> addPlumbLines(inMap, inPlane, upright, length));
        var localFromMap = UmeyamaAlignment.align(inMap, inPlane, true);
        double off = Math.max(config.minSigmaMetres(), error(localFromMap));
        double fraction = off / Math.sqrt(Math.min(pairs.size(), config.independentPairs()));
        double tilt = fraction / PrincipalExtents.of(inPlane).acrossMetres();
        return tilt < config.maxTiltRadians()
                ? Optional.of(new GeoAlignment(plane, localFromMap, fraction, tilt, ground()))
                : Optional.empty();
    }

    /// To each place one that lies above it, as far as the way is long: the fit then stands upright.
    private static void addPlumbLines(List<Vector3> inMap, List<Vector3> inPlane, Sim3 upright, double metres) {
        var upInMap = upright.rotation().inverse().apply(new Vector3(0, 0, metres / upright.scale()));
        for (int i = inMap.size() - 1; i >= 0; i--) {
            inMap.add(inMap.get(i).plus(upInMap));
            inPlane.add(inPlane.get(i).plus(new Vector3(0, 0, metres)));
        }
    }

    /// Root mean square over the axes of what the places are off, metres.
    private double error(Sim3 localFromMap) {
        double sum = 0;
        for (var pair : pairs) {
            var off = localFromMap.apply(pair.inMap).minus(pair.inPlane);
            sum += off.dot(off) / 3;
        }
        return Math.sqrt(sum / pairs.size());
    }

    private OptionalDouble ground() {
        return pairs.stream()
                .map(Pair::groundMetres)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }
}
