package dev.aerie.slam.imu;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.RowTurns;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.tuning.InertialConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Estimates the metric scale from a session's poses and inertial readings.
///
/// A window of the last seconds rolls along; each time it has moved on, it is solved again. The scale counts as
/// metric only when several windows agree and each is certain; a new submap starts without.
///
/// Where camera and gyroscope disagree on how it turned, calibration, mounting or clocks are wrong: then nothing is
/// claimed, and what was claimed is taken back, until they have agreed on a turn. A lens that was only guessed
/// begins like this.
///
/// One thread, that of the frames; [ImuBuffer] takes the readings from another.
public final class VisualInertialAligner {

    /// Moments before, and as many after the middle row at which the gyroscope is asked.
    private static final int READOUT_HALF_STEPS = 4;

    private static final Vector3 UP = new Vector3(0, 0, 1);

    private final ImuBuffer readings;
    private final InertialConfig config;
    private final RigidTransform cameraFromBody;
    private final CorrectedPoses correctedPoses;
    private final Deque<InertialAlignment.Anchor> anchors = new ArrayDeque<>();
    private final Deque<InertialAlignment.Result> solutions = new ArrayDeque<>();
    private Optional<Sim3> metricFromMap = Optional.empty();
    private Vector3 gyroBias = Vector3.ZERO;
    private int submap;
    private int sinceSolved;
    private final ImuClockOffset clock;
    private volatile int disagreements;
    private boolean isGyroRejected;

    /// What a map has learnt of frames since it saw them.
    @FunctionalInterface
    public interface CorrectedPoses {
        /// Poses of frames taken at some moment or later, as the map knows them now; those that it leaves out are
        /// taken as they were seen.
        List<FramePose> since(long captureTimeNanos);
    }

    /// - `readings`: lent; filled by others
    /// - `isLensGuessed`: then camera and gyroscope must agree on a turn first
    public VisualInertialAligner(
            ImuBuffer readings,
            RigidTransform cameraFromBody,
            boolean isLensGuessed,
            CorrectedPoses correctedPoses,
            InertialConfig config) {
        this.readings = readings;
        this.config = config;
        this.cameraFromBody = cameraFromBody;
        this.correctedPoses = correctedPoses;
        this.clock = new ImuClockOffset(readings, cameraFromBody, Math.toRadians(config.maxRotationErrorDegrees()));
        this.disagreements = isLensGuessed ? config.maxDisagreements() : 0;
    }

    /// How the camera turned from one frame to the next by the gyroscope alone: takes directions in the later
    /// one's axes and gives them in the earlier one's. Empty where readings are missing or
    /// have lately been denied by the frames.
    public Optional<Rotation> gyroRotation(long fromNanos, long untilNanos) {
        var piece = readings.between(fromNanos, untilNanos);
        if (piece.size() < 2 || isGyroRejected) {
            return Optional.empty();
        }
        var body = Preintegration.of(piece, gyroBias).rotation();
        var camera = cameraFromBody.rotation();
        return Optional.of(camera.times(body).times(camera.inverse()));
    }

    /// How the camera turned while it read the rows of a frame; nothing where readings are missing or have lately been
    /// denied by the frames.
    ///
    /// - `captureTimeNanos`: of the middle row
    /// - `readoutNanos`: from the first row to the last
    public RowTurns rowTurns(long captureTimeNanos, long readoutNanos) {
        if (readoutNanos == 0 || isGyroRejected) {
            return RowTurns.NONE;
        }
        int steps = 2 * READOUT_HALF_STEPS;
        double stepSeconds = readoutNanos / 1e9 / steps;
        var later = new ArrayList<Rotation>(List.of(Rotation.IDENTITY));
        var earlier = new ArrayList<Rotation>();
        for (int i = 0; i < READOUT_HALF_STEPS; i++) {
            long fromMiddle = (2L * i + 1) * readoutNanos / (2L * steps);
            var after = readings.angularVelocity(captureTimeNanos + fromMiddle);
            var before = readings.angularVelocity(captureTimeNanos - fromMiddle);
            if (after.isEmpty() || before.isEmpty()) {
                return RowTurns.NONE;
            }
            later.add(later.getLast().times(cameraTurn(after.get(), stepSeconds)));
            var first = earlier.isEmpty() ? Rotation.IDENTITY : earlier.getFirst();
            earlier.addFirst(first.times(cameraTurn(before.get(), -stepSeconds)));
        }
        earlier.addAll(later);
        return new RowTurns(earlier);
    }

    /// - `angularVelocity`: as the gyroscope reads it
    private Rotation cameraTurn(Vector3 angularVelocity, double seconds) {
        return Rotation.exp(
                cameraFromBody.rotation().apply(angularVelocity.minus(gyroBias)).times(seconds));
    }

    /// Takes the pose of a tracked frame; returns what brings its part of the map to metres with Z up, if that is
    /// known.
    public Optional<Sim3> addPose(FramePose pose) {
        if (pose.submap() != submap) {
            reset();
            submap = pose.submap();
        }
        if (!anchors.isEmpty() && pose.captureTimeNanos() <= anchors.getLast().timeNanos()) {
            clearWindow();
        }
        if (anchors.isEmpty() || pose.captureTimeNanos() - anchors.getLast().timeNanos() >= config.anchorNanos()) {
            add(new InertialAlignment.Anchor(pose.captureTimeNanos(), pose.worldFromCamera()));
        }
        return metricFromMap;
    }

    /// What an engine needs to take part in the readings: of the submap of the pose added last, once its scale is
    /// known.
    public Optional<InertialStart> start() {
        return metricFromMap.map(change -> new InertialStart(submap, change, gyroBias, readings, cameraFromBody));
    }

    /// Whether there is a gyroscope that has not confirmed, or denies, how the camera turned. For any thread.
    public boolean isGyroUnconfirmed() {
        return disagreements >= config.maxDisagreements() && !readings.isEmpty();
    }

    private void add(InertialAlignment.Anchor anchor) {
        anchors.add(anchor);
        if (anchors.size() > config.maxAnchors()) {
            anchors.removeFirst();
        }
        if (++sinceSolved >= config.solveEveryAnchors() && anchors.size() >= config.minAnchors()) {
            sinceSolved = 0;
            solve();
        }
    }

    private void solve() {
        var window = corrected();
        clock.add(window, gyroBias);
        List<List<ImuReading>> pieces = new ArrayList<>();
        for (int i = 1; i < window.size(); i++) {
            pieces.add(readings.between(
                    window.get(i - 1).timeNanos(), window.get(i).timeNanos()));
        }
        if (pieces.stream().filter(piece -> piece.size() >= 2).count() < config.minAnchors() - 1) {
            return;
        }
        new InertialAlignment(cameraFromBody, window, pieces, config)
                .solve(gyroBias)
                .ifPresent(this::evaluate);
    }

    /// The window as the map knows it now: what was seen at once is less sure than what has been adjusted since.
    private List<InertialAlignment.Anchor> corrected() {
        Map<Long, RigidTransform> now = new HashMap<>();
        for (var pose : correctedPoses.since(anchors.getFirst().timeNanos())) {
            if (pose.submap() == submap) {
                now.put(pose.captureTimeNanos(), pose.worldFromCamera());
            }
        }
        return anchors.stream()
                .map(seen -> new InertialAlignment.Anchor(
                        seen.timeNanos(), now.getOrDefault(seen.timeNanos(), seen.worldFromCamera())))
                .toList();
    }

    private void evaluate(InertialAlignment.Result result) {
        if (result.rotationAgreement().errorRadians() > Math.toRadians(config.maxRotationErrorDegrees())) {
            countDisagreement();
            return;
        }
        if (result.rotationAgreement().allRadians() > config.confirmingRotationRadians()) {
            disagreements = 0;
            isGyroRejected = false;
        }
        gyroBias = result.gyroBias();
        if (result.relativeSigma() > config.maxRelativeSigma() || disagreements >= config.maxDisagreements()) {
            return;
        }
        solutions.add(result);
        if (solutions.size() > config.maxSolutions()) {
            solutions.removeFirst();
        }
        if (solutions.size() >= config.consistentSolutions() && areConsistent()) {
            metricFromMap = Optional.of(alignment());
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
    private void countDisagreement() {
        disagreements = Math.min(disagreements + 1, config.maxDisagreements());
        if (disagreements == config.maxDisagreements()) {
            isGyroRejected = true;
            solutions.clear();
            metricFromMap = Optional.empty();
        }
    }

    /// Whether the newest findings lie together.
    private boolean areConsistent() {
        var newest = solutions.stream()
                .skip(solutions.size() - config.consistentSolutions())
                .mapToDouble(InertialAlignment.Result::metresPerUnit)
                .summaryStatistics();
        return newest.getMax() / newest.getMin() < 1 + config.maxScaleSpread();
    }

    /// The mean of the findings, each by its certainty.
    private Sim3 alignment() {
        double weights = 0;
        double scale = 0;
        var gravity = Vector3.ZERO;
        for (var finding : solutions) {
            double weight = 1 / (finding.relativeSigma() * finding.relativeSigma());
            weights += weight;
            scale += weight * Math.log(finding.metresPerUnit());
            gravity = gravity.plus(finding.gravity().times(weight));
        }
        return new Sim3(upright(gravity.times(-1).normalized()), Vector3.ZERO, Math.exp(scale / weights));
    }

    /// The shortest turn that brings a direction up.
    private static Rotation upright(Vector3 direction) {
        var axis = direction.cross(UP);
        double sine = axis.length();
        double angle = Math.atan2(sine, direction.dot(UP));
        return sine > 1e-9
                ? Rotation.exp(axis.times(angle / sine))
                : Rotation.exp(new Vector3(direction.z() > 0 ? 0 : Math.PI, 0, 0));
    }

    private void reset() {
        clearWindow();
        solutions.clear();
        metricFromMap = Optional.empty();
        clock.reset();
    }

    private void clearWindow() {
        anchors.clear();
        sinceSolved = 0;
    }
}
