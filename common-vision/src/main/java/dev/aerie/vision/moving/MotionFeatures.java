package dev.aerie.vision.moving;

import dev.aerie.vision.motion.CameraMotion;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/// What the motion network reads, from three shrunk grey frames. Used by one thread; owns native memory.
///
/// Planes of [CellGrid]: flow to one frame ago (right, down), the same less its homography, flow to three frames ago
/// less its homography, Sampson distance of the latter, round-trip error of the first, median length of the first. The
/// same numbers as `features` in `deploy/models/motion/features.py`, with which the network was trained.
final class MotionFeatures implements AutoCloseable {

    static final int CHANNELS = 9;

    private final CellFlow flow = new CellFlow();
    private final StaticScene scene = new StaticScene();
    private final float[] right = new float[CellGrid.CELLS];
    private final float[] down = new float[CellGrid.CELLS];
    private final float[] otherRight = new float[CellGrid.CELLS];
    private final float[] otherDown = new float[CellGrid.CELLS];
    private final float[] restRight = new float[CellGrid.CELLS];
    private final float[] restDown = new float[CellGrid.CELLS];
    private final float[] distances = new float[CellGrid.CELLS];
    private final Mat mapX = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_32FC1);
    private final Mat mapY = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_32FC1);
    private final Mat plane = new Mat(CellGrid.HEIGHT, CellGrid.WIDTH, opencv_core.CV_32FC1);
    private final Mat returned = new Mat();

    /// Computes the features of `now`; frames are 8-bit grey of the size of [CellGrid], lent.
    ///
    /// - `into`: from position 0, [#CHANNELS] planes in units
    /// - returns the homography from `now` to `oneAgo` in cells, where there is one
    Optional<double[]> calculate(Mat now, Mat oneAgo, Mat threeAgo, FloatBuffer into) {
        flow.calculate(now, oneAgo, right, down);
        flow.calculate(oneAgo, now, otherRight, otherDown);
        put(right, into, 0);
        put(down, into, 1);
        Optional<double[]> homography = scene.subtractHomography(right, down, restRight, restDown);
        put(restRight, into, 2);
        put(restDown, into, 3);
        measureRoundTrip();
        put(distances, into, 7);
        float speed = FlowSteps.feature((float) CellFlow.medianLength(right, down));
        for (int i = 0; i < CellGrid.CELLS; i++) {
            into.put(8 * CellGrid.CELLS + i, speed);
        }
        flow.calculate(now, threeAgo, right, down);
        scene.subtractHomography(right, down, restRight, restDown);
        put(restRight, into, 4);
        put(restDown, into, 5);
        scene.distances(right, down, distances);
        put(distances, into, 6);
        return homography;
    }

    /// How far, in cells, a point that goes one frame back and returns ends from where it began.
    private void measureRoundTrip() {
        FloatBuffer x = mapX.createBuffer();
        FloatBuffer y = mapY.createBuffer();
        for (int i = 0; i < CellGrid.CELLS; i++) {
            x.put(i, i % CellGrid.WIDTH + right[i]);
            y.put(i, Math.floorDiv(i, CellGrid.WIDTH) + down[i]);
        }
        float[] backRight = remapped(otherRight);
        float[] backDown = remapped(otherDown);
        for (int i = 0; i < CellGrid.CELLS; i++) {
            float errorX = right[i] + backRight[i];
            float errorY = down[i] + backDown[i];
            distances[i] = (float) Math.sqrt(errorX * errorX + errorY * errorY);
        }
    }

    private float[] remapped(float[] values) {
        FloatBuffer buffer = plane.createBuffer();
        buffer.put(values);
        try (var black = new Scalar()) {
            opencv_imgproc.remap(
                    plane, returned, mapX, mapY, opencv_imgproc.INTER_LINEAR, opencv_core.BORDER_REPLICATE, black);
        }
        var read = new float[CellGrid.CELLS];
        FloatBuffer result = returned.createBuffer();
        result.get(read);
        return read;
    }

    private static void put(float[] cells, FloatBuffer into, int channel) {
        for (int i = 0; i < CellGrid.CELLS; i++) {
            into.put(channel * CellGrid.CELLS + i, FlowSteps.feature(cells[i]));
        }
    }

    /// The camera's motion since one frame ago, in pixels of the frame.
    static Optional<CameraMotion> cameraMotion(Optional<double[]> homography, int frameWidth, int frameHeight) {
        return homography.flatMap(cells -> StaticScene.cameraMotion(cells, frameWidth, frameHeight));
    }

    @Override
    public void close() {
        for (Mat mat : List.of(mapX, mapY, plane, returned)) {
            mat.close();
        }
        flow.close();
        scene.close();
    }
}
