package dev.aerie.ingest.live;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// H.264 whose frames carry their own number: 16 cells across the top, white for 1, the lowest bit first. Grey all
/// over, so that whatever has a colour was drawn by somebody else.
public final class BarcodeClip {

    public static final FrameSize SIZE = new FrameSize(640, 360);
    public static final int BITS = 16;

    /// Cells are squares of this size, the first one's left edge at [#LEFT], all at the top.
    public static final int CELL = 32;

    public static final int LEFT = (SIZE.widthPixels() - BITS * CELL) / 2;

    private static final boolean FFMPEG_IS_THERE = Files.isExecutable(Path.of("/usr/bin/ffmpeg"));
    private static final byte WHITE = (byte) 235;
    private static final byte BLACK = 16;
    private static final byte NO_COLOUR = (byte) 128;
    private static final int BITS_PER_SECOND = 1_000_000;

    private BarcodeClip() {}

    /// Frames 0 to `count` - 1 as access units without identity, an IDR frame every `group`, `rate` a second.
    public static List<AccessUnit> encode(int count, int rate, int group) throws IOException {
        var units = new ArrayList<AccessUnit>(count);
        var frame = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3 / 2);
        try (var encoder = new H264Encoder(new EncoderSettings(SIZE, rate, BITS_PER_SECOND, group))) {
            for (int number = 0; number < count; number++) {
                paint(frame, number);
                units.add(encoder.encodeI420(frame, number * 90_000L / rate));
            }
        }
        return units;
    }

    /// The same frames as x265 makes them, open groups without B-frames; skips the test where ffmpeg has no x265.
    public static List<AccessUnit> inH265(List<AccessUnit> clip, int rate, int group) throws Exception {
        Path in = Files.createTempFile("barcode", ".h264");
        Path out = Files.createTempFile("barcode", ".h265");
        try {
            for (AccessUnit unit : clip) {
                var bytes = new byte[unit.sizeBytes()];
                unit.annexB().get(bytes);
                Files.write(in, bytes, StandardOpenOption.APPEND);
            }
            String settings = "log-level=none:bframes=0:scenecut=0:open-gop=1:keyint=" + group + ":min-keyint=" + group;
            var command = List.of(
                    "ffmpeg", "-v", "error", "-nostdin", "-y", "-r", rate + "", "-i", in.toString(), "-c:v", "libx265");
            var options = List.of("-preset", "ultrafast", "-x265-params", settings, "-f", "hevc", out.toString());
            var all = Stream.concat(command.stream(), options.stream()).toList();
            int status = FFMPEG_IS_THERE
                    ? new ProcessBuilder(all).inheritIO().start().waitFor()
                    : -1;
            assumeTrue(status == 0, "skipped: no ffmpeg with libx265 on this machine");
            var assembler = new AccessUnitAssembler("clip", 1 << 22, AccessUnitBoundary.NEXT_UNIT);
            var units = new ArrayList<>(assembler.push(ByteBuffer.wrap(Files.readAllBytes(out)), 0));
            units.addAll(assembler.flush());
            for (int i = 0; i < units.size(); i++) {
                units.set(i, units.get(i).withPtsTicks90k(clip.get(i).ptsTicks90k()));
            }
            return units;
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    private static void paint(ByteBuffer i420, int number) {
        i420.clear();
        var row = new byte[SIZE.widthPixels()];
        for (int y = 0; y < SIZE.heightPixels(); y++) {
            for (int x = 0; x < row.length; x++) {
                row[x] = y < CELL ? cell(x, number) : ground(x + 2 * y + 6 * number);
            }
            i420.put(row);
        }
        Arrays.fill(row, NO_COLOUR);
        while (i420.hasRemaining()) {
            i420.put(row);
        }
        i420.flip();
    }

    private static byte cell(int x, int number) {
        int bit = Math.floorDiv(x - LEFT, CELL);
        return bit >= 0 && bit < BITS && (number >> bit & 1) == 1 ? WHITE : BLACK;
    }

    /// A soft slope that drifts, a little more with every frame.
    private static byte ground(int at) {
        return (byte) (60 + Math.abs(at % 256 - 128) / 2);
    }
}
