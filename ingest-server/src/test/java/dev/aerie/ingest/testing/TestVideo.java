package dev.aerie.ingest.testing;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
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

    /// 20 frames of 96 × 80 in H.265, an IDR frame every 10, times 30 a second: of ffmpeg's test pattern, by libx265
    /// with `keyint=10:min-keyint=10:scenecut=0:open-gop=0:bframes=0:aud=1:crf=40:info=0`.
    public static List<AccessUnit> h265Units() {
        try (var in = TestVideo.class.getResourceAsStream("testsrc.h265")) {
            var assembler = new AccessUnitAssembler("clip", 1 << 20, AccessUnitBoundary.NEXT_UNIT);
            var units = new ArrayList<>(assembler.push(ByteBuffer.wrap(in.readAllBytes()), 0));
            units.addAll(assembler.flush());
            for (int i = 0; i < units.size(); i++) {
                units.set(i, units.get(i).withPtsTicks90k(i * 3000L));
            }
            return units;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All units in one piece, as a drone's encoder writes them.
    public static byte[] annexB(List<AccessUnit> units) {
        var bytes = ByteBuffer.allocate(
                units.stream().mapToInt(AccessUnit::sizeBytes).sum());
        units.forEach(unit -> bytes.put(unit.annexB()));
        return bytes.array();
    }
}
