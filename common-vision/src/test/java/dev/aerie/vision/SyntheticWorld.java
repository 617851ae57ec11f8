package dev.aerie.vision;

import dev.aerie.messages.Box;
import dev.aerie.video.HeapFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/// A large textured plane, the same for the same seed, that a camera flies over, and things that move on it.
public final class SyntheticWorld implements AutoCloseable {

    private final Mat plane;
    private final Mat thing;
    private final int widthPixels;
    private final int heightPixels;

    public SyntheticWorld(long seed, int widthPixels, int heightPixels) {
        this.widthPixels = widthPixels;
        this.heightPixels = heightPixels;
        plane = texture(seed, 10, 3 * heightPixels, 3 * widthPixels, 24);
        thing = texture(seed + 1, 90, heightPixels, widthPixels, 8);
    }

    /// What a camera sees whose frame's top left corner is at `x`, `y` of the plane, turned and grown about its
    /// middle; one thing lies on each of `boxes`, which are in pixels of the frame.
    public HeapFrame see(long frameNumber, double x, double y, double turnDegrees, double growth, List<Box> boxes) {
        double middleX = x + widthPixels / 2.0;
        double middleY = y + heightPixels / 2.0;
        double cos = growth * Math.cos(Math.toRadians(turnDegrees));
        double sin = growth * Math.sin(Math.toRadians(turnDegrees));
        double[] rows = {
            cos,
            sin,
            widthPixels / 2.0 - cos * middleX - sin * middleY,
            -sin,
            cos,
            heightPixels / 2.0 + sin * middleX - cos * middleY
        };
        try (var row = new Mat(rows);
                var frameFromPlane = row.reshape(1, 2);
                var size = new Size(widthPixels, heightPixels);
                var frame = new Mat()) {
            opencv_imgproc.warpAffine(plane, frame, frameFromPlane, size);
            boxes.forEach(box -> draw(frame, box));
            return TestFrame.copyOf(frame, "s", frameNumber);
        }
    }

    private void draw(Mat frame, Box box) {
        int width = (int) box.widthPixels();
        int height = (int) box.heightPixels();
        try (var from = new Mat(thing, new Rect(0, 0, width, height));
                var to = new Mat(frame, new Rect((int) box.leftPixels(), (int) box.topPixels(), width, height))) {
            from.copyTo(to);
        }
    }

    /// Noise at three sizes of grain, in colour, on a grey ground.
    private static Mat texture(long seed, int ground, int rows, int columns, int grainPixels) {
        var texture = new Mat(rows, columns, opencv_core.CV_8UC3, new Scalar(ground, ground, ground, 0));
        var random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            int grain = grainPixels >> i;
            try (var noise = noise(random, rows / grain + 2, columns / grain + 2);
                    var grown = new Mat();
                    var size = texture.size()) {
                opencv_imgproc.resize(noise, grown, size, 0, 0, opencv_imgproc.INTER_CUBIC);
                opencv_core.add(texture, grown, texture);
            }
        }
        return texture;
    }

    private static Mat noise(Random random, int rows, int columns) {
        var noise = new Mat(rows, columns, opencv_core.CV_8UC3);
        ByteBuffer pixels = noise.createBuffer();
        while (pixels.hasRemaining()) {
            pixels.put((byte) random.nextInt(55));
        }
        return noise;
    }

    @Override
    public void close() {
        plane.close();
        thing.close();
    }
}
