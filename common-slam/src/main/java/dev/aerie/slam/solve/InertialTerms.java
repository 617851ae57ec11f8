package dev.aerie.slam.solve;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.imu.Preintegration;
import dev.aerie.slam.tuning.InertialNoise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an inertial sensor adds to a bundle adjustment: each camera's motion (velocity and biases) as further unknowns,
/// and what was measured between two cameras.
///
/// The unknowns of all free motions come first in the system, nine each, in the order in which they were added; by
/// time, so that the skyline is narrow.
public final class InertialTerms {

    static final int MOTION = 9;
    private static final int DEGREES = 9;
    private static final int POSE = 6;

    private final RigidTransform cameraFromBody;
    private final InertialNoise noise;
    private final List<InertialTerm> terms = new ArrayList<>();

    /// Of each camera that has a motion: where in `motions` it is, in nines.
    private final Map<Integer, Integer> indices = new HashMap<>();

    private final List<Motion> starts = new ArrayList<>();
    private Optional<Gauge> gauge = Optional.empty();
    private int[] freeMotion = new int[0];
    private int freeCount;
    private double[] motions = new double[0];
    private double[] saved = new double[0];

    /// - `velocity`: m/s, in the world's axes
    /// - `gyroBias`: rad/s; `forceBias`: m/s²
    public record Motion(Vector3 velocity, Vector3 gyroBias, Vector3 forceBias) {}

    /// Cameras and points must be in a world in metres with Z up.
    public InertialTerms(RigidTransform cameraFromBody, InertialNoise noise) {
        this.cameraFromBody = cameraFromBody;
        this.noise = noise;
    }

    /// Adds the motion of a camera; in the order of time.
    public void addMotion(int camera, Motion motion) {
        indices.put(camera, starts.size());
        starts.add(motion);
    }

    /// Adds what was measured from one camera to a later one; both must have motions.
    public void addMeasurement(int earlier, int later, Preintegration measured) {
        terms.add(new InertialTerm(earlier, later, measured, noise));
    }

    /// Holds a free camera where it is and about the vertical, but lets it tilt: all that readings cannot tell.
    public void holdPlaceAndHeading(int camera, RigidTransform cameraFromWorld) {
        gauge = Optional.of(new Gauge(camera, cameraFromWorld.inverse()));
    }

    /// Mean of the squared errors of all measurements, in variances per degree of freedom; 1 is as expected.
    public double meanChi2(BundleProblem problem) {
        return terms.stream()
                .mapToDouble(term -> term.chi2(state(problem, term.earlier), state(problem, term.later)) / DEGREES)
                .average()
                .orElse(0);
    }

    /// A camera's motion, as adjusted.
    public Motion motion(int camera) {
        return motionAt(index(camera));
    }

    private Motion motionAt(int index) {
        int m = MOTION * index;
        return new Motion(vector(m), vector(m + 3), vector(m + 6));
    }

    private Vector3 vector(int at) {
        return new Vector3(motions[at], motions[at + 1], motions[at + 2]);
    }

    private int index(int camera) {
        Integer index = indices.get(camera);
        if (index == null) {
            throw new IllegalArgumentException("camera " + camera + " has no motion");
        }
        return index;
    }

    /// The motion of a camera that holds still holds too.
    void prepare(BundleProblem problem) {
        motions = new double[MOTION * starts.size()];
        freeMotion = new int[starts.size()];
        Arrays.fill(freeMotion, -1);
        freeCount = 0;
        for (int camera = 0; camera < problem.cameraCount(); camera++) {
            Integer index = indices.get(camera);
            if (index != null) {
                freeMotion[index] = problem.freeIndex[camera] < 0 ? -1 : 0;
            }
        }
        for (int i = 0; i < starts.size(); i++) {
            freeMotion[i] = freeMotion[i] < 0 ? -1 : freeCount++;
            var start = starts.get(i);
            put(MOTION * i, start.velocity());
            put(MOTION * i + 3, start.gyroBias());
            put(MOTION * i + 6, start.forceBias());
        }
        saved = motions.clone();
    }

    private void put(int at, Vector3 value) {
        motions[at] = value.x();
        motions[at + 1] = value.y();
        motions[at + 2] = value.z();
    }

    /// Unknowns of all free motions.
    int unknowns() {
        return MOTION * freeCount;
    }

    void save() {
        System.arraycopy(motions, 0, saved, 0, motions.length);
    }

    void restore() {
        System.arraycopy(saved, 0, motions, 0, motions.length);
    }

    /// Lets rows of the system begin where the terms need it.
    void widen(BundleProblem problem, int[] firstColumns) {
        for (var term : terms) {
            int[] columns = columns(problem, term);
            int first =
                    Arrays.stream(columns).filter(column -> column >= 0).min().orElse(0);
            for (int column : columns) {
                if (column >= 0) {
                    firstColumns[column] = Math.min(firstColumns[column], first);
                }
            }
        }
        for (int i = 0; i < freeCount; i++) {
            for (int k = 0; k < MOTION; k++) {
                firstColumns[MOTION * i + k] = Math.min(firstColumns[MOTION * i + k], MOTION * i);
            }
        }
    }

    /// Where in the system a term's unknowns are; -1 for those that hold still.
    private int[] columns(BundleProblem problem, InertialTerm term) {
        int[] columns = new int[InertialTerm.UNKNOWNS];
        fill(columns, 0, problem, term.earlier);
        fill(columns, InertialTerm.UNKNOWNS / 2, problem, term.later);
        return columns;
    }

    private void fill(int[] columns, int from, BundleProblem problem, int camera) {
        int free = problem.freeIndex[camera];
        int freeState = freeMotion[index(camera)];
        for (int i = 0; i < POSE; i++) {
            columns[from + i] = free < 0 ? -1 : unknowns() + POSE * free + i;
        }
        for (int i = 0; i < MOTION; i++) {
            columns[from + POSE + i] = freeState < 0 ? -1 : MOTION * freeState + i;
        }
    }

    void linearize(BundleProblem problem) {
        for (var term : terms) {
            term.linearize(state(problem, term.earlier), state(problem, term.later), cameraFromBody);
        }
    }

    double cost(BundleProblem problem) {
        double sum = 0;
        for (var term : terms) {
            sum += term.cost(state(problem, term.earlier), state(problem, term.later));
        }
        for (int i = 0; i < starts.size(); i++) {
            for (int k = 3; k < MOTION && freeMotion[i] >= 0; k++) {
                double off = off(i, k);
                sum += priorInformation(k) * off * off;
            }
        }
        return gauge.isPresent() ? sum + gauge.get().cost(problem) : sum;
    }

    /// How far a bias is from what is known of it: the gyroscope's from its start, the accelerometer's from 0.
    private double off(int index, int k) {
        var start = starts.get(index).gyroBias();
        double known = switch (k) {
            case 3 -> start.x();
            case 4 -> start.y();
            case 5 -> start.z();
            default -> 0;
        };
        return motions[MOTION * index + k] - known;
    }

    private double priorInformation(int k) {
        double sigma = k < 6 ? noise.gyroBiasSigma() : noise.forceBiasSigma();
        return 1 / (sigma * sigma);
    }

    private InertialTerm.State state(BundleProblem problem, int camera) {
        var worldFromCamera = problem.pose(camera).inverse();
        var motion = motion(camera);
        Rotation worldFromBody = worldFromCamera.rotation().times(cameraFromBody.rotation());
        return new InertialTerm.State(
                worldFromBody,
                worldFromCamera.apply(cameraFromBody.translation()),
                motion.velocity(),
                motion.gyroBias(),
                motion.forceBias());
    }

    /// Adds the terms as they were linearized to the damped system and its right side.
    void addTo(SkylineCholesky system, double[] right, BundleProblem problem, double damping) {
        for (var term : terms) {
            int[] columns = columns(problem, term);
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] >= 0) {
                    right[columns[i]] += term.gradient.get(i);
                    for (int j = 0; j < columns.length; j++) {
                        if (columns[j] >= 0 && columns[j] <= columns[i]) {
                            system.add(columns[i], columns[j], term.hessian.get(i, j) * (i == j ? 1 + damping : 1));
                        }
                    }
                }
            }
        }
        for (int i = 0; i < starts.size(); i++) {
            for (int k = 0; k < MOTION && freeMotion[i] >= 0; k++) {
                int row = MOTION * freeMotion[i] + k;
                double information = k < 3 ? 0 : priorInformation(k);
                system.add(row, row, information * (1 + damping) + 1e-9);
                right[row] -= k < 3 ? 0 : information * off(i, k);
            }
        }
        gauge.ifPresent(held ->
                held.addTo(system, right, problem, unknowns() + POSE * problem.freeIndex[held.camera()], damping));
    }

    /// Moves the free motions by a step.
    void apply(double[] step) {
        for (int i = 0; i < starts.size(); i++) {
            for (int k = 0; k < MOTION && freeMotion[i] >= 0; k++) {
                motions[MOTION * i + k] += step[MOTION * freeMotion[i] + k];
            }
        }
    }
}
