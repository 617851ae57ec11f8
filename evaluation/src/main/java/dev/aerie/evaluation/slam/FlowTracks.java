package dev.aerie.evaluation.slam;

import dev.aerie.opencv.OpenCv;
import dev.aerie.slam.geometry.Pixel;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_video;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/// Corners tracked from frame to frame by optical flow, new ones detected where many were lost.
///
/// Owns native memory. Source: Shi & Tomasi 1994; Bouguet 2000, as OpenCV has them.
final class FlowTracks implements AutoCloseable {

    static {
        OpenCv.withoutWindows();
    }

    private static final int MAX_CORNERS = 1500;
    private static final int FEW_CORNERS = 1000;
    private static final double MIN_QUALITY = 0.01;
    private static final int APART_PIXELS = 8;
    private static final int BLOCK_PIXELS = 3;

    /// Maximum forward-backward error of the flow, in pixels.
    private static final double MAX_RETURN_PIXELS = 1;

    private final Mat before = new Mat();
    private Map<Integer, Pixel> corners = new LinkedHashMap<>();
    private int nextId;

    /// A corner in the frame before and in this one.
    record Track(int id, Pixel before, Pixel now) {}

    /// Takes the next frame, 8-bit grey, lent; returns the tracks that reach it.
    List<Track> follow(Mat grey) {
        var followed = before.empty() || corners.isEmpty() ? List.<Track>of() : flow(grey);
        corners = new LinkedHashMap<>();
        followed.forEach(track -> corners.put(track.id(), track.now()));
        if (corners.size() < FEW_CORNERS) {
            findCorners(grey);
        }
        grey.copyTo(before);
        return followed;
    }

    private List<Track> flow(Mat grey) {
        try (var from = matrix(corners.values());
                var to = new Mat();
                var back = new Mat();
                var found = new Mat();
                var foundBack = new Mat();
                var error = new Mat()) {
            opencv_video.calcOpticalFlowPyrLK(before, grey, from, to, found, error);
            opencv_video.calcOpticalFlowPyrLK(grey, before, to, back, foundBack, error);
            ByteBuffer isFound = found.createBuffer();
            ByteBuffer isFoundBack = foundBack.createBuffer();
            FloatBuffer positions = to.createBuffer();
            FloatBuffer returns = back.createBuffer();
            var tracks = new ArrayList<Track>();
            int i = 0;
            for (var corner : corners.entrySet()) {
                var returned = new Pixel(returns.get(2 * i), returns.get(2 * i + 1));
                boolean isKept = isFound.get(i) != 0
                        && isFoundBack.get(i) != 0
                        && returned.distanceTo(corner.getValue()) < MAX_RETURN_PIXELS;
                if (isKept) {
                    var now = new Pixel(positions.get(2 * i), positions.get(2 * i + 1));
                    tracks.add(new Track(corner.getKey(), corner.getValue(), now));
                }
                i++;
            }
            return tracks;
        }
    }

    private static Mat matrix(Collection<Pixel> positions) {
        var matrix = new Mat(positions.size(), 1, opencv_core.CV_32FC2);
        FloatBuffer buffer = matrix.createBuffer();
        positions.forEach(position -> buffer.put((float) position.x()).put((float) position.y()));
        return matrix;
    }

    /// Adds corners at a distance from the existing ones.
    private void findCorners(Mat grey) {
        try (var everywhere = new Scalar(255);
                var free = new Mat(grey.rows(), grey.cols(), opencv_core.CV_8UC1, everywhere);
                var found = new Mat()) {
            corners.values().forEach(corner -> cover(free, corner));
            int wanted = MAX_CORNERS - corners.size();
            opencv_imgproc.goodFeaturesToTrack(
                    grey, found, wanted, MIN_QUALITY, APART_PIXELS, free, BLOCK_PIXELS, false, 0);
            if (!found.empty()) {
                FloatBuffer positions = found.createBuffer();
                while (positions.hasRemaining()) {
                    corners.put(nextId++, new Pixel(positions.get(), positions.get()));
                }
            }
        }
    }

    private static void cover(Mat free, Pixel corner) {
        try (var centre = new Point((int) Math.round(corner.x()), (int) Math.round(corner.y()));
                var nothing = new Scalar(0)) {
            opencv_imgproc.circle(free, centre, APART_PIXELS, nothing, -1, opencv_imgproc.LINE_8, 0);
        }
    }

    @Override
    public void close() {
        before.close();
    }
}
