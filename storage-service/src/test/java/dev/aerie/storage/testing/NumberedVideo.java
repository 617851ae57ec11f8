package dev.aerie.storage.testing;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.rtsp.ffmpeg.EncoderSettings;
import dev.aerie.rtsp.ffmpeg.H264Encoder;
import dev.aerie.simulator.barcode.BarcodePainter;
import dev.aerie.simulator.image.RgbImage;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Frames that carry their frame number twice: burnt into the pixels, and as identity in the video.
///
/// - `rate`: frames per second
/// - `group`: from one IDR frame to the next
public record NumberedVideo(String stream, FrameSize size, int rate, int group) {

    public static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    public static final String LATER_SESSION = "01K9JXW9Z3T4V5W6X7Y8Z9ABCD";
    public static final long BEGAN_NANOS = 1_763_712_000_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int BITS_PER_SECOND = 400_000;
    private static final int MAX_BYTES = 1 << 20;

    /// 320×180 at 30 a second, an IDR frame every 10.
    public static NumberedVideo of(String stream) {
        return new NumberedVideo(stream, new FrameSize(320, 180), 30, 10);
    }

    /// Frames `from` to `to` (exclusive); the first is an IDR frame.
    public List<AccessUnit> units(String session, int from, int to) {
        var units = new ArrayList<AccessUnit>();
        try (var encoder = new H264Encoder(new EncoderSettings(size, rate, BITS_PER_SECOND, group))) {
            for (int number = from; number < to; number++) {
                var unit = encoder.encodeBgr(frame(number), size.widthPixels() * 3, number * 90_000L / rate);
                units.add(unit.withStamp(stamp(session, number)));
            }
            return units;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As many frames as one likes, in no time: those of two seconds again and again, each under its own number, so
    /// that only the first ones have it burnt in.
    public List<AccessUnit> loop(String session, int frames) {
        List<AccessUnit> period = units(session, 0, 2 * rate);
        return new AbstractList<>() {
            @Override
            public AccessUnit get(int number) {
                return period.get(number % period.size())
                        .withPtsTicks90k(number * 90_000L / rate)
                        .withStamp(stamp(session, number));
            }

            @Override
            public int size() {
                return frames;
            }
        };
    }

    /// The same frames as another encoder makes them, in High profile; skips the test where it is not installed.
    ///
    /// - `folder`: where its files go
    public List<AccessUnit> inHighProfile(List<AccessUnit> units, Path folder)
            throws IOException, InterruptedException {
        return encoded(
                units, folder, "high.h264", "-c:v", "libx264", "-profile:v", "high", "-bf", "0", "-g", group + "");
    }

    /// The same frames in H.265, open groups without B-frames; skips the test where there is no encoder.
    ///
    /// - `folder`: where its files go
    public List<AccessUnit> inH265(List<AccessUnit> units, Path folder) throws IOException, InterruptedException {
        String settings = "log-level=none:bframes=0:scenecut=0:open-gop=1:keyint=" + group + ":min-keyint=" + group;
        return encoded(units, folder, "high.h265", "-c:v", "libx265", "-preset", "veryfast", "-x265-params", settings);
    }

    private List<AccessUnit> encoded(List<AccessUnit> units, Path folder, String name, String... encoder)
            throws IOException, InterruptedException {
        var ffmpeg = Tool.require("ffmpeg");
        Path in = folder.resolve("baseline.h264");
        Path out = folder.resolve(name);
        Files.deleteIfExists(in);
        for (AccessUnit unit : units) {
            byte[] bytes = new byte[unit.sizeBytes()];
            unit.annexB().get(bytes);
            Files.write(in, bytes, CREATE, APPEND);
        }
        var arguments = new ArrayList<>(List.of("-v", "error", "-y", "-r", rate + "", "-i", in.toString()));
        arguments.addAll(List.of(encoder));
        arguments.addAll(List.of("-r", rate + "", out.toString()));
        ffmpeg.run(folder, arguments);
        var assembler = new AccessUnitAssembler(stream, MAX_BYTES, AccessUnitBoundary.NEXT_UNIT);
        var made = new ArrayList<>(assembler.push(ByteBuffer.wrap(Files.readAllBytes(out)), 0));
        made.addAll(assembler.flush());
        return IntStream.range(0, made.size())
                .mapToObj(i -> made.get(i)
                        .withPtsTicks90k(units.get(i).ptsTicks90k())
                        .withStamp(units.get(i).stamp().orElseThrow()))
                .toList();
    }

    public FrameStamp stamp(String session, int number) {
        return new FrameStamp(
                new FrameId(stream, session, number),
                BEGAN_NANOS + number * NANOS_PER_SECOND / rate,
                CaptureClock.SENDER);
    }

    private ByteBuffer frame(int number) {
        var image = new RgbImage(size);
        int[] pixels = image.pixels();
        for (int i = 0; i < pixels.length; i++) {
            int grey = 60 + (i + 6 * number) % 128;
            pixels[i] = grey << 16 | grey << 8 | grey;
        }
        new BarcodePainter(size).stamp(image, number);
        ByteBuffer bgr = ByteBuffer.allocateDirect(pixels.length * 3);
        for (int rgb : pixels) {
            bgr.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
        }
        return bgr.flip();
    }
}
