package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import dev.aerie.video.Clips;
import dev.aerie.video.VideoCodec;
import dev.aerie.video.mp4.DecoderConfiguration;
import dev.aerie.video.mp4.InitSegment;
import dev.aerie.video.mp4.VideoTrack;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What other encoders and containers do, made with the command `ffmpeg`; skipped where there is none with libx264.
@Timeout(60)
final class FfmpegToolTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void findTool() throws Exception {
        assumeTrue(hasEncoder("libx264"), "command ffmpeg with libx264 not found: skipped");
    }

    /// H.265 with open groups: the frames behind each CRA frame refer to those in front of it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h264 | libx264 | -x264-params" + " | b-pyramid=normal:b-adapt=0:scenecut=0:sliced-threads=1:slices=2",
                "h265 | libx265 | -x265-params"
                        + " | b-pyramid=1:b-adapt=0:scenecut=0:slices=2:open-gop=1:log-level=none",
            })
    void identity_pyramidOfBFrames_comesOutWithItsFrame(String suffix, String encoder, String option, String parameters)
            throws Exception {
        assumeTrue(hasEncoder(encoder), "command ffmpeg with " + encoder + " not found: skipped");
        int count = 60;
        var raw = folder.resolve("bars.bgr");
        try (var out = Files.newByteChannel(
                raw, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            for (int i = 0; i < count; i++) {
                out.write(TestPatterns.bgr(BarStream.SIZE, i));
            }
        }
        var coded = folder.resolve("pyramid." + suffix);
        ffmpeg(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "bgr24",
                "-s",
                "320x176",
                "-r",
                "25",
                "-i",
                raw.toString(),
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                encoder,
                "-bf",
                "4",
                "-g",
                "20",
                option,
                parameters,
                coded.toString());
        var units = Clips.unitsOf(Files.readAllBytes(coded));
        var file = BarStream.write(folder, BarStream.stamped(units));

        var barsByNumber = barsByFrameNumber(file);

        assertThat(barsByNumber).hasSize(count);
        assertThat(barsByNumber.values()).doesNotHaveDuplicates();
        assertThat(barsByNumber).isNotEqualTo(identity(count));
        for (int i = 0; i < count; i++) {
            if (units.get(i).isIdr()) {
                assertThat(barsByNumber.get(i) % 20).as("every 20th frame").isZero();
            }
            assertThat(Math.abs(barsByNumber.get(i) - i)).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void accessUnits_ofMp4_areTheUnitsThatWentIn() throws Exception {
        var units = BarStream.stamped(BarStream.encode(BarStream.SIZE, 25));
        var mp4 = folder.resolve("bars.mp4");
        ffmpeg("-r", "25", "-i", BarStream.write(folder, units).toString(), "-c", "copy", mp4.toString());

        var read = readUnits(mp4);

        assertThat(read).hasSize(25);
        for (int i = 0; i < 25; i++) {
            assertThat(read.get(i).stamp()).contains(BarStream.stamp(i));
            assertThat(read.get(i).isIdr()).isEqualTo(i % 10 == 0);
            assertThat(read.get(i).nalUnits().getFirst().type()).isEqualTo(i % 10 == 0 ? 7 : 6);
            assertThat(read.get(i).ptsTicks90k() - read.getFirst().ptsTicks90k())
                    .isEqualTo(3600L * i);
        }
    }

    /// The head that ffmpeg writes and ours: of the same parameter sets, and each is read as the other.
    @Test
    void h265InMp4_isTheUnitsThatWentIn() throws Exception {
        var units = new ArrayList<AccessUnit>();
        for (AccessUnit unit : Clips.unitsOf(Clips.h265Delimiters())) {
            units.add(unit.withStamp(BarStream.stamp(units.size())));
        }
        var raw = Files.write(folder.resolve("clip.h265"), BarStream.bytesOf(units));
        var mp4 = folder.resolve("clip.mp4");
        ffmpeg("-r", "30", "-i", raw.toString(), "-c", "copy", "-tag:v", "hvc1", mp4.toString());

        var read = readUnits(mp4);

        assertThat(read).hasSize(20).allMatch(unit -> unit.codec() == VideoCodec.H265);
        for (int i = 0; i < 20; i++) {
            assertThat(read.get(i).stamp()).contains(BarStream.stamp(i));
            assertThat(read.get(i).isIdr()).isEqualTo(i % 10 == 0);
        }
        byte[] file = Files.readAllBytes(mp4);
        int box = indexOf(file, "hvcC".getBytes(StandardCharsets.US_ASCII));
        var content = ByteBuffer.wrap(file, box + 4, ByteBuffer.wrap(file).getInt(box - 4) - 8);
        var theirs = DecoderConfiguration.read(VideoCodec.H265, content.slice()).orElseThrow();
        assertThat(theirs).isEqualTo(VideoTrack.of(units.getFirst()).orElseThrow());
        assertThat(content.slice().slice(1, 12))
                .as("profile, tier, level")
                .isEqualTo(written(theirs).slice(1, 12));
        assertThat(content.slice().slice(16, 3))
                .as("chroma and depths")
                .isEqualTo(written(theirs).slice(16, 3));
    }

    /// The content of the box as we write it.
    private static ByteBuffer written(VideoTrack track) {
        ByteBuffer head = InitSegment.of(track);
        byte[] bytes = new byte[head.remaining()];
        head.get(bytes);
        int box = indexOf(bytes, "hvcC".getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.wrap(bytes, box + 4, ByteBuffer.wrap(bytes).getInt(box - 4) - 8)
                .slice();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("no such box");
    }

    @Test
    void assembler_chunksOfAPipe_seeTheSameUnitsAsTheFile() throws Exception {
        var coded = folder.resolve("noise.h264");
        ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "mandelbrot=s=640x360:r=30",
                "-frames:v",
                "40",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-tune",
                "zerolatency",
                "-g",
                "15",
                "-x264-params",
                "slices=4",
                coded.toString());
        byte[] bytes = Files.readAllBytes(coded);
        var assembler = new AccessUnitAssembler("drone", 1 << 20, AccessUnitBoundary.LEARN);
        var units = new ArrayList<AccessUnit>();
        for (int from = 0; from < bytes.length; from += 4096) {
            units.addAll(assembler.push(ByteBuffer.wrap(bytes, from, Math.min(4096, bytes.length - from)), 0));
        }
        units.addAll(assembler.flush());

        assertThat(units).hasSize(40);
        assertThat(BarStream.bytesOf(units)).isEqualTo(BarStream.bytesOf(Clips.unitsOf(bytes)));
        assertThat(assembler.droppedBytes() + assembler.droppedNalUnits()).isZero();
    }

    private static Map<Integer, Integer> barsByFrameNumber(Path file) throws Exception {
        var bars = new TreeMap<Integer, Integer>();
        var frames = new FfmpegFrames(VideoInput.file("drone", file), 2, InstantSource.system(), new Random(1));
        try (var source = frames.open()) {
            while (true) {
                var frame = source.next();
                int shown = TestPatterns.numberIn(frame.size(), frame.bgr(), frame.strideBytes());
                assertThat(frame.stamp().id().session()).isEqualTo(BarStream.SESSION);
                bars.put((int) frame.stamp().id().frameNumber(), shown);
            }
        } catch (EOFException _) {
            return bars;
        }
    }

    private static List<AccessUnit> readUnits(Path file) throws Exception {
        var units = new ArrayList<AccessUnit>();
        try (var source = new FfmpegAccessUnits(VideoInput.file("drone", file)).open()) {
            while (true) {
                units.add(source.next());
            }
        } catch (EOFException _) {
            return units;
        }
    }

    private static Map<Integer, Integer> identity(int count) {
        var map = new TreeMap<Integer, Integer>();
        for (int i = 0; i < count; i++) {
            map.put(i, i);
        }
        return map;
    }

    private static void ffmpeg(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static boolean hasEncoder(String name) throws Exception {
        try {
            var process = new ProcessBuilder("ffmpeg", "-v", "error", "-encoders").start();
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .contains(name + " ");
        } catch (java.io.IOException _) {
            return false;
        }
    }
}
