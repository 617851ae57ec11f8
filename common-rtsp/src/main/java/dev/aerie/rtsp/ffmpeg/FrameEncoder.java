package dev.aerie.rtsp.ffmpeg;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.FramePool;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/// Decoded frames of any pixel format as H.264. An odd row or column is cut off; a change of size begins a new
/// sequence.
/// Owns its native memory; one thread.
final class FrameEncoder implements AutoCloseable {

    private static final double BITS_PER_PIXEL = 0.12;
    private static final double FALLBACK_RATE = 30;
    private static final double MAX_RATE = 1000;

    private final BgrConverter converter = new BgrConverter();
    private FrameSize size = new FrameSize(1, 1);
    private ByteBuffer bgr = ByteBuffer.allocateDirect(0);
    private @Nullable H264Encoder encoder;

    /// - `framesPerSecond`: as far as it is known; anything else stands for 30
    AccessUnit encode(AVFrame frame, long ptsTicks90k, double framesPerSecond) throws IOException {
        var now = new FrameSize(frame.width(), frame.height());
        var open = encoder;
        if (open == null || !now.equals(size)) {
            open = openEncoder(now, framesPerSecond);
        }
        int strideBytes = now.widthPixels() * 3;
        converter.convert(frame, now, bgr, strideBytes);
        return open.encodeBgr(bgr, strideBytes, ptsTicks90k);
    }

    @Override
    public void close() {
        closeEncoder();
        converter.close();
    }

    @SuppressWarnings("MustBeClosedChecker") // kept until closeEncoder
    private H264Encoder openEncoder(FrameSize now, double framesPerSecond) throws IOException {
        closeEncoder();
        size = now;
        bgr = ByteBuffer.allocateDirect(now.widthPixels() * now.heightPixels() * 3 + FramePool.TAIL_BYTES);
        double rate = framesPerSecond > 0 && framesPerSecond <= MAX_RATE ? framesPerSecond : FALLBACK_RATE;
        var even = new FrameSize(now.widthPixels() & ~1, now.heightPixels() & ~1);
        int bitsPerSecond = (int) Math.max(200_000, even.widthPixels() * even.heightPixels() * rate * BITS_PER_PIXEL);
        var opened =
                new H264Encoder(new EncoderSettings(even, rate, bitsPerSecond, (int) Math.max(1, Math.round(rate))));
        encoder = opened;
        return opened;
    }

    private void closeEncoder() {
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
