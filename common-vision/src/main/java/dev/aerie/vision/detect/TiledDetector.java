package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.ArrayList;
import java.util.Optional;

/// Another detector over the whole frame and over tiles of it, so that it finds objects that are too small for its
/// network in the whole frame. Owns that detector, which must be without memory.
///
/// Neighbouring tiles overlap by a fifth. What a tile cuts off inside the frame is left to its neighbour and to the
/// whole frame; of two boxes of one label the one with the lower score goes where they overlap, or where most of the
/// smaller one lies in the other. Source: slicing aided hyper inference, Akyon et al. 2022.
public final class TiledDetector implements Detector {

    /// The most tiles side by side.
    public static final int MAX_TILES_ACROSS = 4;

    private static final double OVERLAP = 0.2;

    /// From a box to an inner side of its tile; nearer it may be cut off.
    private static final double CUT_PIXELS = 3;

    /// Of all tiles together.
    private static final NonMaxSuppression SUPPRESSION =
            new NonMaxSuppression(OnnxDetector.SUPPRESSION.maxOverlap(), 0.6, Integer.MAX_VALUE);

    private final Detector detector;
    private final int across;

    /// - `across`: tiles side by side, and one below the other: 2..4
    public TiledDetector(Detector detector, int across) {
        if (across < 2 || across > MAX_TILES_ACROSS) {
            throw new IllegalArgumentException("tiles are 2..4 across, were " + across);
        }
        this.detector = detector;
        this.across = across;
    }

    @Override
    public DetectionResult detect(VideoFrame frame) throws ModelException {
        var whole = detector.detect(frame);
        var found = new ArrayList<>(whole.detections());
        for (FrameTile tile : FrameTile.grid(frame, across, OVERLAP)) {
            for (Detection detection : detector.detect(tile).detections()) {
                if (!isCut(detection.box(), tile, frame.size())) {
                    found.add(new Detection(
                            tile.toFrame(detection.box()), detection.label(), detection.score(), Optional.empty()));
                }
            }
        }
        return new DetectionResult(SUPPRESSION.keepBest(found), whole.cameraMotion());
    }

    private static boolean isCut(Box box, FrameTile tile, FrameSize frame) {
        return (tile.left() > 0 && box.leftPixels() < CUT_PIXELS)
                || (tile.top() > 0 && box.topPixels() < CUT_PIXELS)
                || (tile.left() + tile.size().widthPixels() < frame.widthPixels()
                        && box.rightPixels() > tile.size().widthPixels() - CUT_PIXELS)
                || (tile.top() + tile.size().heightPixels() < frame.heightPixels()
                        && box.bottomPixels() > tile.size().heightPixels() - CUT_PIXELS);
    }

    @Override
    public String name() {
        return detector.name();
    }

    @Override
    public void close() {
        detector.close();
    }
}
