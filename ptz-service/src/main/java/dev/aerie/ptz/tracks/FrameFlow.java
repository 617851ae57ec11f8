package dev.aerie.ptz.tracks;

import dev.aerie.ptz.calibration.FlowVector;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.image.GreyImage;
import dev.aerie.vision.motion.KltTracks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How corners of the image move from frame to frame. Owns native memory; one thread.
public final class FrameFlow implements AutoCloseable {

    private static final int LONGEST_SIDE_PIXELS = 960;

    private final GreyImage grey = new GreyImage(LONGEST_SIDE_PIXELS);
    private final KltTracks tracks = new KltTracks();
    private @Nullable FrameSize size;
    private String session = "";

    /// From the frame before to this one, in pixels of the frame; empty for the first one.
    ///
    /// - `frame`: lent
    public Optional<List<FlowVector>> measure(VideoFrame frame) {
        boolean follows =
                frame.size().equals(size) && frame.stamp().id().session().equals(session);
        if (!follows) {
            tracks.reset();
            size = frame.size();
            session = frame.stamp().id().session();
        }
        grey.fill(frame);
        tracks.track(grey.mat(), frame.stamp().captureTimeNanos());
        return follows ? Optional.of(vectors(frame.size())) : Optional.empty();
    }

    private List<FlowVector> vectors(FrameSize frame) {
        double scale = grey.shrink();
        var vectors = new ArrayList<FlowVector>();
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            if (tracks.age(slot) > 0) {
                double x = tracks.x(slot, 1) * scale;
                double y = tracks.y(slot, 1) * scale;
                vectors.add(new FlowVector(
                        x - frame.widthPixels() / 2.0,
                        y - frame.heightPixels() / 2.0,
                        tracks.x(slot, 0) * scale - x,
                        tracks.y(slot, 0) * scale - y));
            }
        }
        return vectors;
    }

    @Override
    public void close() {
        tracks.close();
        grey.close();
    }
}
