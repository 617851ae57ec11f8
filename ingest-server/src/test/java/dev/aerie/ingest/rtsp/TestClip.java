package dev.aerie.ingest.rtsp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aerie.video.AccessUnit;
import dev.aerie.video.AccessUnitAssembler;
import dev.aerie.video.AccessUnitBoundary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Clips of FFmpeg's test pattern, 320 × 240 at 30 frames a second, encoded once into `target/`.
public final class TestClip {

    public static final int FRAME_TICKS = 3000;

    private static final Path FOLDER = Path.of("target", "clips");

    private TestClip() {}

    /// 4 s with an IDR frame every second.
    public static List<AccessUnit> shortGroups() throws IOException, InterruptedException {
        return read(file(30, 4));
    }

    /// 10 s with one IDR frame, at the beginning.
    public static List<AccessUnit> longGroup() throws IOException, InterruptedException {
        return read(file(300, 10));
    }

    /// The 4 s clip in H.265.
    public static List<AccessUnit> h265Groups() throws IOException, InterruptedException {
        return read(h265GroupsFile());
    }

    /// The same as Annex-B.
    public static Path h265GroupsFile() throws IOException, InterruptedException {
        return file("libx265", "h265", 30, 4);
    }

    /// The 4 s clip as Annex-B, for publishing programs.
    public static Path shortGroupsFile() throws IOException, InterruptedException {
        return file(30, 4);
    }

    /// The same in MP4, for programs that take times from the file.
    public static Path shortGroupsMp4() throws IOException, InterruptedException {
        return mp4(shortGroupsFile());
    }

    /// The H.265 clip in MP4.
    public static Path h265GroupsMp4() throws IOException, InterruptedException {
        return mp4(h265GroupsFile());
    }

    private static synchronized Path mp4(Path annexB) throws IOException, InterruptedException {
        Path mp4 = annexB.resolveSibling(annexB.getFileName() + ".mp4");
        if (Files.notExists(mp4)) {
            try (var ffmpeg = Program.start(
                    "ffmpeg", "-v", "error", "-y", "-r", "30", "-i", annexB.toString(), "-c", "copy", mp4.toString())) {
                ffmpeg.expectExit(20);
            }
        }
        return mp4;
    }

    private static Path file(int groupFrames, int seconds) throws IOException, InterruptedException {
        return file("libx264", "h264", groupFrames, seconds);
    }

    /// - `format`: FFmpeg's name of the raw stream, or what of it the file is called
    private static synchronized Path file(String encoder, String format, int groupFrames, int seconds)
            throws IOException, InterruptedException {
        Path file = FOLDER.resolve("testsrc-" + groupFrames + "-" + seconds + "." + format)
                .toAbsolutePath();
        if (Files.notExists(file)) {
            assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed: no video to relay");
            assumeTrue(Program.hasFfmpegEncoder(encoder), "ffmpeg has no " + encoder + ": no video to relay");
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try (var ffmpeg = Program.start(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-y",
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2=size=320x240:rate=30",
                    "-t",
                    "" + seconds,
                    "-c:v",
                    encoder,
                    "-preset",
                    "veryfast",
                    "-tune",
                    "zerolatency",
                    "-g",
                    "" + groupFrames,
                    "-f",
                    format.equals("h265") ? "hevc" : format,
                    part.toString())) {
                ffmpeg.expectExit(60);
            }
            Files.move(part, file);
        }
        return file;
    }

    private static List<AccessUnit> read(Path file) throws IOException {
        var assembler = new AccessUnitAssembler("clip", 1 << 22, AccessUnitBoundary.NEXT_UNIT);
        var units = new ArrayList<>(assembler.push(ByteBuffer.wrap(Files.readAllBytes(file)), 0));
        units.addAll(assembler.flush());
        for (int i = 0; i < units.size(); i++) {
            units.set(i, units.get(i).withPtsTicks90k((long) i * FRAME_TICKS));
        }
        return units;
    }
}
