package dev.aerie.storage.segment;

import static dev.aerie.storage.testing.NumberedVideo.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.testing.BrowserPlayer;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.Playback;
import dev.aerie.storage.testing.Tool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A segment in the players that people have: while it is written, after a clean close, and as a process leaves it that
/// is killed.
@Timeout(400)
final class PlayersIT {

    private static final NumberedVideo VIDEO = NumberedVideo.of(CrashTest.STREAM);
    private static final int FRAMES = 60;
    private static final String GROWING = "growing.mp4";
    private static final String CLOSED = "closed.mp4";
    private static final String KILLED = "killed.mp4";
    private static final List<String> FILES = List.of(GROWING, CLOSED, KILLED);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void record() throws Exception {
        openToAll(folder);
        try (var archive = new TestArchive(folder.resolve("archive"))) {
            try (var recorder = archive.recorder(VIDEO.stream(), SESSION, Duration.ofMinutes(1))) {
                VIDEO.units(SESSION, 0, FRAMES).forEach(recorder::put);
                Eventually.holds(
                        "all is on disk",
                        TestArchive.LIMIT,
                        () -> recorder.status().frames() == FRAMES);
                Files.copy(archive.root.resolve(recorder.status().openPath()), folder.resolve(GROWING));
            }
            var segment = archive.awaitSegments(VIDEO.stream(), SESSION, 1).getFirst();
            Files.copy(archive.root.resolve(segment.path()), folder.resolve(CLOSED));
        }
        recordAndKill();
    }

    private static void recordAndKill() throws Exception {
        Path archive = Files.createDirectory(folder.resolve("killed"));
        Path part = archive.resolve(new SegmentName(VIDEO.stream(), SESSION, 0).partPath());
        Process recorder = CrashingRecorder.start(archive, 0, 60, folder.resolve("told"));
        try {
            Eventually.holds("a second is on disk", TestArchive.LIMIT, () -> written(part) >= VIDEO.rate());
        } finally {
            recorder.destroyForcibly().waitFor();
        }
        Files.copy(part, folder.resolve(KILLED));
    }

    @Test
    void ffmpeg_showsEveryFrame() throws Exception {
        var ffprobe = Tool.require("ffprobe");
        Path home = Files.createDirectory(folder.resolve("ffprobe"));
        for (String file : FILES) {
            String path = folder.resolve(file).toString();
            var count = List.of("-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames");
            var counted = ffprobe.run(
                    home,
                    Stream.concat(count.stream(), Stream.of("-of", "csv=p=0", path))
                            .toList());
            assertThat(counted).as(file).isEqualTo(Integer.toString(frames(file)));
            assertThat(home.resolve("log")).as(file).isEmptyFile();
        }
    }

    /// VLC's transcoder ends with its input, whatever it has still to show then, and leaves out what a busy machine
    /// decodes too late.
    @Test
    void vlc_showsTheFramesInOrder() throws Exception {
        var vlc = Tool.require("cvlc").withoutRights();
        for (String file : FILES) {
            Path home = openToAll(Files.createDirectory(folder.resolve("vlc-" + file)));
            Path shown = home.resolve("shown.avi");
            String transcode = "#transcode{vcodec=mp4v,vb=4000}:standard{access=file,mux=avi,dst=" + shown + "}";
            String video = folder.resolve(file).toString();
            vlc.run(home, List.of("-q", "--no-audio", "--no-skip-frames", "--sout", transcode, video, "vlc://quit"));
            var burnt = Playback.of(VIDEO.stream(), shown).stream()
                    .map(Playback.Seen::burnt)
                    .toList();
            assertThat(burnt)
                    .as(file)
                    .startsWith(0L)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(frames(file) / 2, frames(file));
        }
    }

    @Test
    void browser_playsToTheEnd() throws Exception {
        var told = BrowserPlayer.require().play(folder, FILES, Files.createDirectory(folder.resolve("chromium")));
        for (int i = 0; i < FILES.size(); i++) {
            String file = FILES.get(i);
            JsonNode one = told.get(i);
            assertThat(one.path("error").asText()).as(file).isEmpty();
            assertThat(one.path("width").intValue()).isEqualTo(VIDEO.size().widthPixels());
            assertThat(one.path("height").intValue()).isEqualTo(VIDEO.size().heightPixels());
            assertThat(one.path("frames").intValue()).as(file).isPositive();
            assertThat(one.path("seconds").doubleValue())
                    .as(file)
                    .isCloseTo((double) frames(file) / VIDEO.rate(), within(0.1));
        }
    }

    /// VLC comes without rights.
    private static Path openToAll(Path path) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static int frames(String file) {
        return file.equals(KILLED) ? written(folder.resolve(file)) : FRAMES;
    }

    /// Frames that the index of a file would hold; 0 where there is none yet.
    private static int written(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return SegmentScan.read(channel, new SegmentName(VIDEO.stream(), SESSION, 0))
                    .map(scan -> scan.frames().frames().size())
                    .orElse(0);
        } catch (IOException _) {
            return 0;
        }
    }
}
