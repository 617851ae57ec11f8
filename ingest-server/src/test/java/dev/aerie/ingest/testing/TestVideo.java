package dev.aerie.ingest.testing;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A short piece of H.264 made by our own encoder: a grey ramp that moves, an IDR frame every `framesPerIdr`.
public final class TestVideo {

    public static final FrameSize SIZE = new FrameSize(160, 96);

    private TestVideo() {}

    public static List<AccessUnit> units(int count, int framesPerIdr) {
        return units(SIZE, count, framesPerIdr);
    }

    public static List<AccessUnit> units(FrameSize size, int count, int framesPerIdr) {
        int stride = size.widthPixels() * 3;
        var image = ByteBuffer.allocateDirect(stride * size.heightPixels());
        var units = new ArrayList<AccessUnit>(count);
        try (var encoder = new H264Encoder(new EncoderSettings(size, 30, 500_000, framesPerIdr))) {
            for (int frame = 0; frame < count; frame++) {
                for (int at = 0; at < image.capacity(); at++) {
                    image.put(at, (byte) (at / 3 + frame * 8));
                }
                units.add(encoder.encodeBgr(image, stride, frame * 3000L));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return units;
    }

    /// All units in one piece, as a drone's encoder writes them.
    public static byte[] annexB(List<AccessUnit> units) {
        var bytes = ByteBuffer.allocate(
                units.stream().mapToInt(AccessUnit::sizeBytes).sum());
        units.forEach(unit -> bytes.put(unit.annexB()));
        return bytes.array();
    }
}
