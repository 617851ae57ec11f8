package dev.aerie.slam.mapping;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// 200 points before a camera that flies to the right and turns left; feature `i` of each frame shows point `i`.
final class PointCloud {

    static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    static final int POINTS = 200;

    private final SplittableRandom random = new SplittableRandom(3);
    private final List<Vector3> points = IntStream.range(0, POINTS)
            .mapToObj(_ -> new Vector3(random.nextDouble(-3, 3), random.nextDouble(-2, 2), random.nextDouble(5, 9)))
            .toList();
    private final List<Descriptor> descriptors = IntStream.range(0, POINTS)
            .mapToObj(_ -> new Descriptor(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()))
            .toList();

    Vector3 point(int index) {
        return points.get(index);
    }

    /// Where the camera is in a frame: `cameraFromWorld`, the identity in the first.
    static RigidTransform pose(int number) {
        return new RigidTransform(Rotation.exp(new Vector3(0, 0.02 * number, 0)), new Vector3(-0.5 * number, 0, 0));
    }

    /// What the camera sees in a frame, one every 0.1 s.
    ///
    /// - `noisePixels`: largest error of a keypoint in either direction
    FrameFeatures frame(int number, RigidTransform cameraFromWorld, double noisePixels) {
        var keypoints = points.stream()
                .map(cameraFromWorld::apply)
                .map(inCamera -> new Keypoint(
                        CAMERA.projectX(inCamera) + noise(noisePixels),
                        CAMERA.projectY(inCamera) + noise(noisePixels),
                        0,
                        0))
                .toList();
        return new FrameFeatures(number, number * 100_000_000L, new Features(keypoints, descriptors));
    }

    Vector3 noiseVector(double size) {
        return new Vector3(noise(size), noise(size), noise(size));
    }

    private double noise(double size) {
        return size * random.nextDouble(-1, 1);
    }
}
