package dev.aerie.rtsp.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/// Converts decoded frames of any pixel format to BGR. Owns its native memory; one thread.
final class BgrConverter implements AutoCloseable {

    /// Video without colour information is taken as BT.709 (ITU-R BT.709) from this height on, as BT.601 below.
    private static final int HD_HEIGHT = 720;

    private static final int ONE = 1 << 16;

    private final PointerPointer<BytePointer> planes = new PointerPointer<>(4);
    private final IntPointer strides = new IntPointer(4L);
    private @Nullable SwsContext scaler;
    private int colours = -1;

    /// Writes `frame` to `bgr`, a direct buffer, rows `strideBytes` apart. After the last row there must be
    /// [dev.aerie.video.FramePool#TAIL_BYTES] of memory that nobody uses.
    void convert(AVFrame frame, FrameSize size, ByteBuffer bgr, int strideBytes) throws IOException {
        var context = scalerFor(frame, size);
        try (var target = new BytePointer(bgr)) {
            planes.put(0, target);
            strides.put(0, strideBytes);
            int rows = sws_scale(context, frame.data(), frame.linesize(), 0, size.heightPixels(), planes, strides);
            Ffmpeg.check(rows, "conversion to BGR");
        }
    }

    @Override
    public void close() {
        sws_freeContext(scaler);
        scaler = null;
        planes.close();
        strides.close();
    }

    private SwsContext scalerFor(AVFrame frame, FrameSize size) throws IOException {
        int width = size.widthPixels();
        int height = size.heightPixels();
        var before = scaler;
        var now = Ffmpeg.require(
                sws_getCachedContext(
                        before,
                        width,
                        height,
                        frame.format(),
                        width,
                        height,
                        AV_PIX_FMT_BGR24,
                        SWS_BILINEAR,
                        null,
                        null,
                        (DoublePointer) null),
                "conversion of pixel format " + frame.format());
        int wanted = coloursOf(frame, height);
        if (before == null || !now.equals(before) || wanted != colours) {
            useColours(now, wanted);
        }
        scaler = now;
        return now;
    }

    /// Matrix and range in one number: range × 256 + matrix.
    private static int coloursOf(AVFrame frame, int height) {
        boolean unsaid = frame.colorspace() == AVCOL_SPC_UNSPECIFIED;
        int matrix = frame.colorspace() == AVCOL_SPC_BT709 || (unsaid && height >= HD_HEIGHT)
                ? SWS_CS_ITU709
                : SWS_CS_ITU601;
        return matrix | (frame.color_range() == AVCOL_RANGE_JPEG ? 256 : 0);
    }

    private void useColours(SwsContext context, int wanted) {
        var table = sws_getCoefficients(wanted & 0xff);
        sws_setColorspaceDetails(context, table, wanted >>> 8, table, 1, 0, ONE, ONE);
        colours = wanted;
    }
}
