package dev.aerie.vision.moving;

import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/// Decides which cells each region has by motion and colour together: log-odds that a cell moves, and how much likelier
/// its colour is of what moves. Used by one thread; owns native memory.
final class ColouredRegions implements AutoCloseable {

    /// Of the log-odds of motion.
    private static final double MAX_NATS = 3;

    private final double low;
    private final RegionReach reaches = new RegionReach();
    private final MovingColours colours = new MovingColours();
    private final RegionMasks masks;

    /// - `low`: probability above which a cell belongs to a region
    /// - `minCells`: of a detection
    ColouredRegions(double low, int minCells) {
        this.low = low;
        this.masks = new RegionMasks(minCells);
    }

    /// Forgets the colours.
    void clear() {
        colours.clear();
    }

    /// Learns the colours of one frame and detects what moves there, best first.
    ///
    /// - `probability`: that a cell moves, row-major, lent
    /// - `bgr`: the frame, a pixel for each cell, lent
    List<Detection> detect(MovingRegions.Regions regions, FloatBuffer probability, Mat bgr, FrameSize size) {
        if (regions.isEmpty()) {
            return List.of();
        }
        int[] reach = reaches.of(regions);
        int[] bins = MovingColours.BINS.of(bgr);
        colours.learn(bins, reach, probability);
        var evidence = new float[CellGrid.CELLS];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = reach[i] == 0
                    ? (float) -MAX_NATS
                    : motionNats(probability.get(i), regions.at(i) != 0) + colours.evidence(bins[i]);
        }
        return masks.of(evidence, reach, size);
    }

    /// 0 at the threshold of regions; no more outside of them.
    private float motionNats(double probability, boolean isInRegion) {
        double likely = isInRegion ? probability : Math.min(probability, low);
        double nats = Math.log(likely / (1 - likely)) - Math.log(low / (1 - low));
        return (float) Math.clamp(nats, -MAX_NATS, MAX_NATS);
    }

    @Override
    public void close() {
        reaches.close();
    }
}
