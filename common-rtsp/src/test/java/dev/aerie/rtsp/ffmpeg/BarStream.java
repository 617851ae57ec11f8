package dev.aerie.rtsp.ffmpeg;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// H.264 whose frames show their number as bars, with or without the same number as identity.
public final class BarStream {

    public static final FrameSize SIZE = new FrameSize(320, 176);
    public static final String SESSION = new Ulid(0x0102030405060708L, 0x1112131415161718L).toString();
    public static final long EPOCH_NANOS = 1_763_712_000_000_000_000L;
    public static final int TICKS_PER_FRAME = 3600;

    private BarStream() {}

    /// `count` frames at 25 fps, an IDR every 10.
    public static List<AccessUnit> encode(FrameSize size, int count) throws IOException {
        var units = new ArrayList<AccessUnit>();
        try (var encoder = new H264Encoder(new EncoderSettings(size, 25, 500_000, 10))) {
            for (int i = 0; i < count; i++) {
                long pts = (long) i * TICKS_PER_FRAME;
                units.add(encoder.encodeBgr(TestPatterns.bgr(size, i), size.widthPixels() * 3, pts));
            }
        }
        return units;
    }

    public static List<AccessUnit> stamped(List<AccessUnit> units) {
        var stamped = new ArrayList<AccessUnit>();
        for (AccessUnit unit : units) {
            stamped.add(unit.withStamp(stamp(stamped.size())));
        }
        return stamped;
    }

    public static FrameStamp stamp(int number) {
        return new FrameStamp(
                new FrameId("drone", SESSION, number), EPOCH_NANOS + number * 40_000_000L, CaptureClock.SENDER);
    }

    static byte[] bytesOf(List<AccessUnit> units) {
        var bytes = ByteBuffer.allocate(
                units.stream().mapToInt(AccessUnit::sizeBytes).sum());
        units.forEach(unit -> bytes.put(unit.annexB()));
        return bytes.array();
    }

    public static Path write(Path folder, List<AccessUnit> units) {
        try {
            var file = folder.resolve("bars-" + units.hashCode() + ".h264");
            return Files.write(file, bytesOf(units), StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
