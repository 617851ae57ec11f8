package dev.aerie.frames.overlay;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.ObjectColour;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.tracker.WholeFrameSegmenter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/// Draws objects into a frame: masks blended in, boxes, numbers and labels; of the segments of a whole frame the masks
/// alone.
final class OverlayPainter {

    private static final int CHANNELS = 3;
    private static final int MASK_PERCENT = 45;
    private static final int LINE_PIXELS = 2;
    private static final int FONT = opencv_imgproc.FONT_HERSHEY_SIMPLEX;
    private static final double FONT_SCALE = 0.5;
    private static final int LABEL_HEIGHT_PIXELS = 18;
    private static final int CHARACTER_PIXELS = 9;

    private OverlayPainter() {}

    /// - `frame`: rows × columns, 8-bit BGR, drawn into
    static void paint(Mat frame, List<TrackedObjectState> objects) {
        for (TrackedObjectState state : objects) {
            var colour = ObjectColour.of(state.track().id());
            state.mask().ifPresent(mask -> blend(frame, mask, colour));
        }
        for (TrackedObjectState state : objects) {
            if (!state.prompt().equals(Optional.of(WholeFrameSegmenter.SEGMENT))) {
                drawBox(frame, state.track());
            }
        }
    }

    private static void blend(Mat frame, BinaryMask mask, ObjectColour colour) {
        ByteBuffer pixels = frame.createBuffer();
        int stride = (int) frame.step();
        mask.forEachRun((y, fromX, toX) -> {
            int end = y * stride + toX * CHANNELS;
            for (int at = y * stride + fromX * CHANNELS; at < end; at += CHANNELS) {
                pixels.put(at, mixed(pixels.get(at), colour.blue()));
                pixels.put(at + 1, mixed(pixels.get(at + 1), colour.green()));
                pixels.put(at + 2, mixed(pixels.get(at + 2), colour.red()));
            }
        });
    }

    private static byte mixed(byte pixel, int colour) {
        return (byte) (((pixel & 0xff) * (100 - MASK_PERCENT) + colour * MASK_PERCENT) / 100);
    }

    private static void drawBox(Mat image, BoxTrack track) {
        if (track.state() == TrackState.LOST) {
            return;
        }
        var colour = ObjectColour.of(track.id());
        Box box = track.box();
        String text = track.label() + " #" + track.id();
        int labelTop = Math.max(0, (int) box.topPixels() - LABEL_HEIGHT_PIXELS);
        try (var line = new Scalar(colour.blue(), colour.green(), colour.red(), 0);
                var ink = colour.isBright() ? new Scalar(20, 20, 20, 0) : new Scalar(255, 255, 255, 0);
                var frame = new Rect((int) box.leftPixels(), (int) box.topPixels(), (int) box.widthPixels(), (int)
                        box.heightPixels());
                var label = new Rect(
                        (int) box.leftPixels(), labelTop, text.length() * CHARACTER_PIXELS, LABEL_HEIGHT_PIXELS);
                var place = new Point((int) box.leftPixels() + 3, labelTop + LABEL_HEIGHT_PIXELS - 5)) {
            int width = track.state() == TrackState.CONFIRMED ? LINE_PIXELS : 1;
            opencv_imgproc.rectangle(image, frame, line, width, opencv_imgproc.LINE_8, 0);
            opencv_imgproc.rectangle(image, label, line, opencv_imgproc.FILLED, opencv_imgproc.LINE_8, 0);
            opencv_imgproc.putText(image, text, place, FONT, FONT_SCALE, ink, 1, opencv_imgproc.LINE_AA, false);
        }
    }
}
