package dev.aerie.vision.sam2;

import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Segments a whole frame: prompts a grid of points and keeps masks with a high predicted IoU that are stable and not
/// duplicates.
///
/// Source: SAM 2's `automatic_mask_generator.py`, without crops. Owns its tensors until [#close]; used by one thread.
public final class MaskGenerator implements AutoCloseable {

    private final MaskGeneratorConfig config;
    private final Geometry geometry;
    private final ImageEncoder imageEncoder;
    private final PointDecoder pointDecoder;

    /// - `networks`: lent
    MaskGenerator(Networks networks, MaskGeneratorConfig config) {
        this.config = config;
        geometry = networks.geometry();
        imageEncoder = new ImageEncoder(networks, false);
        pointDecoder = new PointDecoder(networks);
    }

    /// The masks in `frame`, which is lent; best first, by predicted IoU.
    public List<AutomaticMask> generate(VideoFrame frame) throws ModelException {
        ImageFeatures features = imageEncoder.encode(frame);
        pointDecoder.setFrame(features);
        var found = new ArrayList<AutomaticMask>();
        List<Points.Point> grid = grid();
        for (int from = 0; from < grid.size(); from += PointDecoder.MAX) {
            List<Points.Point> some = grid.subList(from, Math.min(grid.size(), from + PointDecoder.MAX));
            pointDecoder.decode(features, some);
            collect(some, frame.size(), found);
        }
        return withoutDuplicates(found);
    }

    @Override
    public void close() {
        imageEncoder.close();
        pointDecoder.close();
    }

    private List<Points.Point> grid() {
        var grid = new ArrayList<Points.Point>();
        double step = (double) geometry.sidePixels() / config.pointsPerSide();
        for (int row = 0; row < config.pointsPerSide(); row++) {
            for (int column = 0; column < config.pointsPerSide(); column++) {
                double x = (column + 0.5) * step;
                double y = (row + 0.5) * step;
                grid.add(new Points.Point((float) x, (float) y, Points.Meaning.FOREGROUND));
            }
        }
        return grid;
    }

    private void collect(List<Points.Point> points, FrameSize size, List<AutomaticMask> into) {
        for (int i = 0; i < points.size(); i++) {
            Point toFrame = toFrame(points.get(i), size);
            for (int choice = 0; choice < PointDecoder.CHOICES; choice++) {
                double predictedIou = pointDecoder.predictedIou(i, choice);
                if (predictedIou > config.minPredictedIou()) {
                    stable(pointDecoder.logits(i, choice), predictedIou, toFrame, size)
                            .ifPresent(into::add);
                }
            }
        }
    }

    private Optional<AutomaticMask> stable(MaskLogits logits, double predictedIou, Point toFrame, FrameSize size) {
        long smallerArea = area(logits, -config.stabilityOffset(), size);
        long largerArea = area(logits, config.stabilityOffset(), size);
        double stability = largerArea == 0 ? 0 : (double) smallerArea / largerArea;
        if (stability < config.minStability()) {
            return Optional.empty();
        }
        BinaryMask mask = logits.toFrame(size);
        return mask.isEmpty()
                ? Optional.empty()
                : Optional.of(new AutomaticMask(mask, predictedIou, stability, toFrame));
    }

    private List<AutomaticMask> withoutDuplicates(List<AutomaticMask> found) {
        found.sort(Comparator.comparingDouble(AutomaticMask::predictedIou).reversed());
        var kept = new ArrayList<AutomaticMask>();
        for (AutomaticMask candidate : found) {
            if (kept.stream().noneMatch(better -> overlaps(better, candidate))) {
                kept.add(candidate);
            }
        }
        return List.copyOf(kept);
    }

    private boolean overlaps(AutomaticMask better, AutomaticMask candidate) {
        return better.mask().box().overlapWith(candidate.mask().box()) > config.maxBoxOverlap();
    }

    private Point toFrame(Points.Point point, FrameSize size) {
        double side = geometry.sidePixels();
        return new Point(point.xPixels() * size.widthPixels() / side, point.yPixels() * size.heightPixels() / side);
    }

    private static long area(MaskLogits logits, float shift, FrameSize size) {
        float[] shifted = logits.values().clone();
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] += shift;
        }
        return new MaskLogits(logits.widthCells(), logits.heightCells(), shifted)
                .toFrame(size)
                .areaPixels();
    }
}
