package dev.aerie.cli.view;

import dev.aerie.messages.FrameId;
import dev.aerie.messages.FrameResult;
import dev.aerie.video.VideoFrame;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Optional;

/// A frame to show, a copy of its own.
///
/// - `result`: of exactly this frame; empty without one
record ViewedFrame(FrameId id, BufferedImage image, Optional<FrameResult> result) {

    private static final int CHANNELS = 3;

    /// Copies a lent frame.
    static ViewedFrame of(VideoFrame frame) {
        int width = frame.size().widthPixels();
        int height = frame.size().heightPixels();
        var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        var bgr = frame.bgr();
        for (int row = 0; row < height; row++) {
            bgr.get(row * frame.strideBytes(), pixels, row * width * CHANNELS, width * CHANNELS);
        }
        return new ViewedFrame(frame.stamp().id(), image, Optional.empty());
    }

    ViewedFrame with(FrameResult itsResult) {
        return new ViewedFrame(id, image, Optional.of(itsResult));
    }

    long sizeBytes() {
        return (long) image.getWidth() * image.getHeight() * CHANNELS;
    }
}
