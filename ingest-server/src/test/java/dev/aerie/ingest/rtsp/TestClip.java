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
final class TestClip {

    static final int FRAME_TICKS = 3000;

    private static final Path FOLDER = Path.of("target", "clips");

    private TestClip() {}

    /// 4 s with an IDR frame every second.
    static List<AccessUnit> shortGroups() throws IOException, InterruptedException {
        return read(file(30, 4));
    }

    /// 10 s with one IDR frame, at the beginning.
    static List<AccessUnit> longGroup() throws IOException, InterruptedException {
        return read(file(300, 10));
    }

    /// The 4 s clip as Annex-B, for publishing programs.
    static Path shortGroupsFile() throws IOException, InterruptedException {
        return file(30, 4);
    }

    /// The same in MP4, for programs that take times from the file.
    static synchronized Path shortGroupsMp4() throws IOException, InterruptedException {
        Path mp4 = FOLDER.resolve("testsrc.mp4").toAbsolutePath();
        if (Files.notExists(mp4)) {
            try (var ffmpeg = Program.start(
                    "ffmpeg",
                    "-v",
                    "error",
                    "-y",
                    "-r",
                    "30",
                    "-i",
                    shortGroupsFile().toString(),
                    "-c",
                    "copy",
                    mp4.toString())) {
                ffmpeg.expectExit(20);
            }
        }
        return mp4;
    }

    private static synchronized Path file(int groupFrames, int seconds) throws IOException, InterruptedException {
        Path file = FOLDER.resolve("testsrc-" + groupFrames + "-" + seconds + ".h264")
                .toAbsolutePath();
        if (Files.notExists(file)) {
            assumeTrue(Program.isInstalled("ffmpeg"), "ffmpeg is not installed: no H.264 to relay");
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
                    "libx264",
                    "-preset",
                    "veryfast",
                    "-tune",
                    "zerolatency",
                    "-g",
                    "" + groupFrames,
                    "-f",
                    "h264",
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
