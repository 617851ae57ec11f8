package dev.aerie.frames.crop;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// One object cut out of one frame, with a margin. A copy; immutable.
public final class Crop {

    private static final int CHANNELS = 3;

    private final FrameStamp stamp;
    private final FrameSize size;
    private final double quality;
    private final byte[] bgr;

    /// - `bgr`: rows from the top, 3 bytes a pixel; owned from here on
    Crop(FrameStamp stamp, FrameSize size, double quality, byte[] bgr) {
        if (bgr.length != size.widthPixels() * size.heightPixels() * CHANNELS) {
            throw new IllegalArgumentException("a crop of " + size + " has not " + bgr.length + " bytes");
        }
        this.stamp = stamp;
        this.size = size;
        this.quality = quality;
        this.bgr = bgr;
    }

    /// Of the frame that it was cut out of.
    public FrameStamp stamp() {
        return stamp;
    }

    public FrameSize size() {
        return size;
    }

    /// Quality as [CropCutter] defines it; comparable only.
    double quality() {
        return quality;
    }

    /// Its pixels, rows × columns of 8-bit BGR, a copy; whoever asks closes it.
    @MustBeClosed
    Mat toMat() {
        var mat = new Mat(size.heightPixels(), size.widthPixels(), opencv_core.CV_8UC3);
        ByteBuffer pixels = mat.createBuffer();
        pixels.put(bgr);
        return mat;
    }

    /// As a JPEG file.
    public byte[] toJpeg() {
        try (var mat = toMat()) {
            return Jpeg.encode(mat);
        }
    }
}
