package dev.aerie.slam.solve;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/// Spreads what a closed loop has brought to light over the poses between: similarities `cameraFromWorld`,
/// tied by how pairs of them were measured to lie to each other.
///
/// A pose turns, shifts and scales, 7 unknowns; or, where an inertial sensor knows which way is up and how long a metre
/// is, it turns about the vertical and shifts, 4 unknowns: tilt and scale stay as they are.
///
/// Levenberg-Marquardt with numeric derivatives and a sparse factorisation. Sources: Strasdat et al. 2010,
/// "Scale Drift-Aware Large Scale Monocular SLAM", section IV; Qin et al. 2018, "VINS-Mono", section VIII.C.
public final class PoseGraph {

    private static final int ERRORS = 7;
    private static final double PROBE = 1e-6;
    private static final double FIRST_DAMPING = 1e-6;
    private static final double MAX_DAMPING = 1e8;
    private static final double MIN_GAIN = 1e-6;

    private final List<Sim3> poses = new ArrayList<>();
    private final List<Boolean> fixed = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final int unknowns;
    private final BiFunction<Sim3, double[], Sim3> movement;

    private PoseGraph(int unknowns, BiFunction<Sim3, double[], Sim3> movement) {
        this.unknowns = unknowns;
        this.movement = movement;
    }

    /// Of poses that turn, shift and scale.
    public static PoseGraph ofSimilarities() {
        return new PoseGraph(7, PoseGraph::moved);
    }

    /// Of poses that turn about the vertical and shift.
    ///
    /// - `up`: of length 1, in the world
    public static PoseGraph alignedWithGravity(Vector3 up) {
        return new PoseGraph(4, (pose, step) -> movedUpright(pose, step, up));
    }

    private record Edge(int from, int to, Sim3 fromFromTo) {}

    /// Adds a pose; they are counted from 0. Order matters for speed: neighbours should be near to each other.
    ///
    /// - `isFixed`: it holds still
    public void addPose(Sim3 cameraFromWorld, boolean isFixed) {
        poses.add(cameraFromWorld);
        fixed.add(isFixed);
    }

    /// Says how two poses lie to each other.
    ///
    /// - `secondFromFirst`: as measured
    public void addEdge(int first, int second, Sim3 secondFromFirst) {
        edges.add(new Edge(first, second, secondFromFirst.inverse()));
    }

    /// A pose, as adjusted.
    public Sim3 pose(int index) {
        return poses.get(index);
    }

    /// Iterates until little is gained; returns the sum of squared errors that is left.
    public double run(int maxIterations) {
        double cost = cost();
        double damping = FIRST_DAMPING;
        for (int iteration = 0; iteration < maxIterations && damping < MAX_DAMPING; iteration++) {
            var saved = List.copyOf(poses);
            boolean isStepped = step(damping);
            double now = isStepped ? cost() : Double.POSITIVE_INFINITY;
            if (now < cost) {
                boolean isDone = now > cost * (1 - MIN_GAIN);
                cost = now;
                damping = Math.max(damping / 10, 1e-9);
                if (isDone) {
                    break;
                }
            } else {
                poses.clear();
                poses.addAll(saved);
                damping *= 10;
            }
        }
        return cost;
    }

    private double cost() {
        double[] error = new double[ERRORS];
        double sum = 0;
        for (var edge : edges) {
            error(edge, poses.get(edge.from()), poses.get(edge.to()), error);
            for (double e : error) {
                sum += e * e;
            }
        }
        return sum;
    }

    /// What is left between measured and present: a turn, a shift, and the logarithm of a scale.
    private static void error(Edge edge, Sim3 from, Sim3 to, double[] error) {
        var left = edge.fromFromTo().times(to).times(from.inverse());
        var rotation = left.rotation().log();
        error[0] = rotation.x();
        error[1] = rotation.y();
        error[2] = rotation.z();
        error[3] = left.translation().x();
        error[4] = left.translation().y();
        error[5] = left.translation().z();
        error[6] = StrictMath.log(left.scale());
    }

    private boolean step(double damping) {
        var system = new SkylineCholesky(firstColumns());
        double[] step = new double[unknowns * poses.size()];
        for (var edge : edges) {
            add(edge, system, step);
        }
        for (int i = 0; i < poses.size(); i++) {
            for (int k = 0; k < unknowns; k++) {
                system.add(unknowns * i + k, unknowns * i + k, fixed.get(i) ? 1e12 : damping + 1e-9);
            }
        }
        if (!system.factor()) {
            return false;
        }
        system.solve(step);
        for (int i = 0; i < poses.size(); i++) {
            if (!fixed.get(i)) {
                var own = Arrays.copyOfRange(step, unknowns * i, unknowns * (i + 1));
                poses.set(i, movement.apply(poses.get(i), own));
            }
        }
        return true;
    }

    private int[] firstColumns() {
        int[] first = new int[poses.size()];
        Arrays.setAll(first, i -> i);
        for (var edge : edges) {
            int early = Math.min(edge.from(), edge.to());
            int late = Math.max(edge.from(), edge.to());
            first[late] = Math.min(first[late], early);
        }
        int[] columns = new int[unknowns * first.length];
        Arrays.setAll(columns, row -> unknowns * first[row / unknowns]);
        return columns;
    }

    private void add(Edge edge, SkylineCholesky system, double[] gradient) {
        double[] error = new double[ERRORS];
        error(edge, poses.get(edge.from()), poses.get(edge.to()), error);
        double[][] byFrom = derivatives(edge, error, true);
        double[][] byTo = derivatives(edge, error, false);
        addBlock(system, edge.from(), edge.from(), byFrom, byFrom);
        addBlock(system, edge.to(), edge.to(), byTo, byTo);
        if (edge.from() > edge.to()) {
            addBlock(system, edge.from(), edge.to(), byFrom, byTo);
        } else {
            addBlock(system, edge.to(), edge.from(), byTo, byFrom);
        }
        for (int i = 0; i < unknowns; i++) {
            for (int k = 0; k < ERRORS; k++) {
                gradient[unknowns * edge.from() + i] -= byFrom[i][k] * error[k];
                gradient[unknowns * edge.to() + i] -= byTo[i][k] * error[k];
            }
        }
    }

    private void addBlock(SkylineCholesky system, int row, int column, double[][] a, double[][] b) {
        for (int i = 0; i < unknowns; i++) {
            int last = row == column ? i : unknowns - 1;
            for (int j = 0; j <= last; j++) {
                double sum = 0;
                for (int k = 0; k < ERRORS; k++) {
                    sum += a[i][k] * b[j][k];
                }
                system.add(unknowns * row + i, unknowns * column + j, sum);
            }
        }
    }

    /// For each unknown of a pose, how the error changes with it.
    private double[][] derivatives(Edge edge, double[] error, boolean isByFrom) {
        double[][] derivatives = new double[unknowns][ERRORS];
        double[] probe = new double[unknowns];
        var from = poses.get(edge.from());
        var to = poses.get(edge.to());
        for (int i = 0; i < unknowns; i++) {
            probe[i] = PROBE;
            var nearFrom = isByFrom ? movement.apply(from, probe) : from;
            var nearTo = isByFrom ? to : movement.apply(to, probe);
            error(edge, nearFrom, nearTo, derivatives[i]);
            probe[i] = 0;
            for (int k = 0; k < ERRORS; k++) {
                derivatives[i][k] = (derivatives[i][k] - error[k]) / PROBE;
            }
        }
        return derivatives;
    }

    private static Sim3 moved(Sim3 pose, double[] step) {
        var rotation = Rotation.exp(new Vector3(step[0], step[1], step[2]));
        var moved = new Sim3(rotation, new Vector3(step[3], step[4], step[5]), StrictMath.exp(step[6])).times(pose);
        return new Sim3(moved.rotation().orthonormal(), moved.translation(), moved.scale());
    }

    /// - `step`: a turn about the vertical, radians, then a shift of the camera in the world
    private static Sim3 movedUpright(Sim3 pose, double[] step, Vector3 up) {
        var worldFromCamera = pose.inverse();
        var rotation = Rotation.exp(up.times(step[0]))
                .times(worldFromCamera.rotation())
                .orthonormal();
        var place = worldFromCamera.translation().plus(new Vector3(step[1], step[2], step[3]));
        return new Sim3(rotation, place, worldFromCamera.scale()).inverse();
    }
}
