package dev.aerie.slam.solve;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.feature.ScaleLevels;
import dev.aerie.slam.geometry.PinholeCamera;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Cameras, points, and which camera sees which point where: what a bundle adjustment works on.
///
/// Plain arrays, so that an iteration touches memory in order and takes none. Points must have all their
/// observations added before the next point is.
public final class BundleProblem {

    private final PinholeCamera pinhole;
    private final List<RigidTransform> starts = new ArrayList<>();
    private final List<Boolean> fixed = new ArrayList<>();
    int pointCount;
    int observationCount;

    /// Places of points, three numbers each.
    double[] points = new double[3 * 1024];

    /// Observations of point p are `firstObservations[p] .. firstObservations[p + 1]`, exclusive.
    int[] firstObservations = new int[1025];

    int[] observingCamera = new int[8 * 1024];
    double[] pixels = new double[16 * 1024];
    double[] information = new double[8 * 1024];
    boolean[] isOutlier = new boolean[8 * 1024];

    /// Poses `cameraFromWorld`, twelve numbers each: the rotation row by row, then the translation.
    double[] poses = new double[0];

    /// For each camera, its number among those that may move; -1 for those that may not.
    int[] freeIndex = new int[0];

    int freeCount;

    Optional<InertialTerms> inertial = Optional.empty();

    /// - `pinhole`: which all cameras share
    public BundleProblem(PinholeCamera pinhole) {
        this.pinhole = pinhole;
    }

    /// Adds a camera; they are counted from 0.
    ///
    /// - `isFixed`: it holds still, as the frame in which the others move
    public void addCamera(RigidTransform cameraFromWorld, boolean isFixed) {
        starts.add(cameraFromWorld);
        fixed.add(isFixed);
    }

    /// Adds a point; they are counted from 0.
    public void addPoint(Vector3 inWorld) {
        if (3 * (pointCount + 1) > points.length) {
            points = Arrays.copyOf(points, 2 * points.length);
            firstObservations = Arrays.copyOf(firstObservations, 2 * firstObservations.length);
        }
        points[3 * pointCount] = inWorld.x();
        points[3 * pointCount + 1] = inWorld.y();
        points[3 * pointCount + 2] = inWorld.z();
        firstObservations[pointCount] = observationCount;
        firstObservations[++pointCount] = observationCount;
    }

    /// Adds where a camera sees the point added last; observations are counted from 0.
    public void addObservation(int camera, Keypoint seen) {
        if (observationCount == information.length) {
            int more = 2 * observationCount;
            observingCamera = Arrays.copyOf(observingCamera, more);
            pixels = Arrays.copyOf(pixels, 2 * more);
            information = Arrays.copyOf(information, more);
            isOutlier = Arrays.copyOf(isOutlier, more);
        }
        observingCamera[observationCount] = camera;
        pixels[2 * observationCount] = seen.xPixels();
        pixels[2 * observationCount + 1] = seen.yPixels();
        information[observationCount] = ScaleLevels.information(seen.octave());
        firstObservations[pointCount] = ++observationCount;
    }

    /// Adds what an inertial sensor measured; the world must then be in metres with Z up.
    public void setInertial(InertialTerms terms) {
        inertial = Optional.of(terms);
    }

    /// Lays the cameras out in arrays, once all have been added.
    void prepare() {
        poses = new double[12 * starts.size()];
        freeIndex = new int[starts.size()];
        freeCount = 0;
        for (int camera = 0; camera < starts.size(); camera++) {
            freeIndex[camera] = fixed.get(camera) ? -1 : freeCount++;
            var r = starts.get(camera).rotation();
            var t = starts.get(camera).translation();
            double[] numbers = {
                r.m00(), r.m01(), r.m02(), r.m10(), r.m11(), r.m12(), r.m20(), r.m21(), r.m22(), t.x(), t.y(), t.z()
            };
            System.arraycopy(numbers, 0, poses, 12 * camera, 12);
        }
        inertial.ifPresent(terms -> terms.prepare(this));
    }

    /// Scales the positions of all cameras and points about those of one camera; what is seen stays the same.
    ///
    /// - `factor`: > 0
    public void scaleAbout(int camera, double factor) {
        var centre = pose(camera).originOfTarget();
        for (int i = 0; i < pointCount; i++) {
            var scaled = centre.plus(point(i).minus(centre).times(factor));
            points[3 * i] = scaled.x();
            points[3 * i + 1] = scaled.y();
            points[3 * i + 2] = scaled.z();
        }
        for (int i = 0; i < starts.size(); i++) {
            var pose = pose(i);
            var position = centre.plus(pose.originOfTarget().minus(centre).times(factor));
            var translation = pose.rotation().apply(position).times(-1);
            poses[12 * i + 9] = translation.x();
            poses[12 * i + 10] = translation.y();
            poses[12 * i + 11] = translation.z();
        }
    }

    int cameraCount() {
        return starts.size();
    }

    PinholeCamera pinhole() {
        return pinhole;
    }

    /// A camera's pose, as adjusted.
    public RigidTransform pose(int camera) {
        int p = 12 * camera;
        var rotation = new Rotation(
                poses[p],
                poses[p + 1],
                poses[p + 2],
                poses[p + 3],
                poses[p + 4],
                poses[p + 5],
                poses[p + 6],
                poses[p + 7],
                poses[p + 8]);
        return new RigidTransform(rotation.orthonormal(), new Vector3(poses[p + 9], poses[p + 10], poses[p + 11]));
    }

    /// A point's place, as adjusted.
    public Vector3 point(int index) {
        return new Vector3(points[3 * index], points[3 * index + 1], points[3 * index + 2]);
    }

    /// Whether an observation was found to contradict the others.
    public boolean isOutlier(int observation) {
        return isOutlier[observation];
    }
}
