package dev.aerie.storage.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.Playback;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A stream of 300 frames, 30 a second with an IDR frame every third of a second, in segments of 3 s, the last of
/// another size.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HlsArchiveTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);
    private static final NumberedVideo LARGER = new NumberedVideo(STREAM, new FrameSize(480, 270), 30, 10);
    private static final int FRAMES = 300;
    private static final int LARGER_FROM = 180;
    private static final long FOREVER = Long.MAX_VALUE;

    @TempDir
    static Path folder;

    private FilledArchive archive;
    private HlsArchive hls;

    @BeforeAll
    void record() throws InterruptedException, IOException {
        archive = new FilledArchive(folder.resolve("archive"));
        List<AccessUnit> units = new ArrayList<>(VIDEO.units(SESSION, 0, LARGER_FROM));
        units.addAll(LARGER.units(SESSION, LARGER_FROM, FRAMES));
        archive.record(STREAM, SESSION, units, Duration.ofSeconds(3), 4);
        hls = hls(archive, at(FRAMES) + 1_000_000_000L);
    }

    @AfterAll
    void close() {
        archive.close();
    }

    @Test
    void playlist_ofAWholeSession_namesEachFrameOnce() throws Exception {
        String playlist = hls.playlist(STREAM, 0, FOREVER);

        assertThat(burnt(archive, hls, playlist)).isEqualTo(numbers(0, FRAMES));
        assertThat(playlist).contains("#EXT-X-TARGETDURATION:6\n").doesNotContain("ENDLIST");
        assertThat(lines(playlist, "#EXT-X-DISCONTINUITY"))
                .as("where the size changes")
                .hasSize(1);
        assertThat(durations(playlist))
                .allSatisfy(seconds -> assertThat(seconds).isBetween(0.3, 6.0));
        assertThat(durations(playlist).stream().mapToDouble(x -> x).sum()).isCloseTo(FRAMES / 30.0, within(0.01));
        assertThat(lines(playlist, "#EXT-X-PROGRAM-DATE-TIME:").getFirst())
                .startsWith(Instant.ofEpochSecond(0, at(0)).toString().substring(0, 19));
    }

    @Test
    void playlist_fromATime_beginsAtTheIdrFrameBefore() throws Exception {
        var seen = burnt(archive, hls, hls.playlist(STREAM, at(75), FOREVER));

        assertThat(seen.getFirst()).isBetween(10L, 75L);
        assertThat(seen).isEqualTo(numbers(seen.getFirst(), FRAMES));
    }

    @Test
    void playlist_untilATimeThatHasPassed_ends() throws Exception {
        String playlist = hls.playlist(STREAM, at(0), at(100));

        assertThat(playlist).endsWith("#EXT-X-ENDLIST\n");
        var seen = burnt(archive, hls, playlist);
        assertThat(seen).isEqualTo(numbers(0, seen.size()));
        assertThat(seen.size()).isBetween(100, 160);
    }

    @Test
    void playlist_longerThanTheLimit_ends() throws Exception {
        var later = hls(archive, at(0) + HlsArchive.MAX_SPAN.toNanos() + 1_000_000L);
        assertThat(later.playlist(STREAM, at(0), FOREVER)).endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void playlist_whereNothingWasRecorded_saysSo() {
        assertThatThrownBy(() -> hls.playlist(STREAM, at(100_000), FOREVER)).isInstanceOf(NoVideoException.class);
        assertThatThrownBy(() -> hls.playlist("other", 0, FOREVER)).isInstanceOf(NoVideoException.class);
        assertThatThrownBy(() -> hls.entry("other", Duration.ofHours(1), "hls.m3u8"))
                .isInstanceOf(NoVideoException.class);
    }

    @Test
    void playlist_whileTheSegmentGrows_onlyAddsAtTheEnd(@TempDir Path files) throws Exception {
        var units = VIDEO.units(SESSION, 0, 200);
        try (var growing = new FilledArchive(files.resolve("archive"))) {
            var live = hls(growing, at(200));
            String before;
            try (var recorder = growing.recorder(STREAM, SESSION)) {
                for (var unit : units.subList(0, 100)) {
                    recorder.put(unit);
                }
                before = Eventually.gives(
                        "something to play",
                        () -> {
                            try {
                                return live.playlist(STREAM, 0, FOREVER);
                            } catch (IOException | NoVideoException _) {
                                return "";
                            }
                        },
                        playlist -> !playlist.isEmpty());
                var seen = burnt(growing, live, before);
                assertThat(seen).isEqualTo(numbers(0, seen.size())).hasSizeGreaterThanOrEqualTo(60);
                for (var unit : units.subList(100, 200)) {
                    recorder.put(unit);
                }
            }
            Eventually.holds("a closed segment", Duration.ofSeconds(30), () -> {
                try {
                    return growing.segments().of(STREAM, SESSION).size() == 1;
                } catch (IOException _) {
                    return false;
                }
            });
            String after = live.playlist(STREAM, 0, FOREVER);
            assertThat(after).startsWith(before);
            assertThat(burnt(growing, live, after)).isEqualTo(numbers(0, 200));
        }
    }

    @Test
    void playlist_ofH265_namesEachFrameOnce(@TempDir Path files) throws Exception {
        try (var hevc = new FilledArchive(files.resolve("archive"))) {
            hevc.record(STREAM, SESSION, VIDEO.inH265(VIDEO.units(SESSION, 0, 90), files), Duration.ofSeconds(2), 2);
            var ofHevc = hls(hevc, at(90));
            assertThat(burnt(hevc, ofHevc, ofHevc.playlist(STREAM, 0, FOREVER))).isEqualTo(numbers(0, 90));
        }
    }

    @Test
    void playlist_afterAPauseOfAMinute_jumpsToTheNextSession(@TempDir Path files) throws Exception {
        String other = "01K9JXW7Z3T4V5W6X7Y8Z9ZZZZ";
        try (var pausing = new FilledArchive(files.resolve("archive"))) {
            pausing.record(STREAM, SESSION, VIDEO.units(SESSION, 0, 60), Duration.ofSeconds(30), 1);
            pausing.record(STREAM, other, VIDEO.units(other, 1860, 1920), Duration.ofSeconds(30), 1);
            var of = hls(pausing, at(2000));
            String playlist = of.playlist(STREAM, 0, FOREVER);
            assertThat(lines(playlist, "#EXT-X-DISCONTINUITY")).hasSize(1);
            assertThat(burnt(pausing, of, playlist))
                    .isEqualTo(Stream.concat(numbers(0, 60).stream(), numbers(1860, 1920).stream())
                            .toList());
        }
    }

    @Test
    void entry_ofTheLastHour_namesThePlaylistFromThenOn() throws Exception {
        String entry = hls.entry(STREAM, Duration.ofHours(1), "hls.m3u8");

        assertThat(entry).startsWith("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=");
        assertThat(entry).contains("CODECS=\"avc1.").contains("RESOLUTION=480x270");
        double from = Double.parseDouble(entry.lines().toList().getLast().replace("hls.m3u8?from=", ""));
        assertThat(from).isCloseTo((at(FRAMES) + 1e9) / 1e9 - 3600, within(0.01));
    }

    @Test
    void file_thatNoPlaylistNames_isNotThere() throws Exception {
        var segment = archive.segments().of(STREAM, SESSION).getFirst();
        for (String name :
                List.of("0-100000.m4s", "5-4.m4s", "0-99999999.m4s", "index.m3u8", "-1-4.m4s", "../init.mp4")) {
            assertThat(hls.file(segment, name)).as(name).isEmpty();
        }
    }

    private static HlsArchive hls(FilledArchive archive, long nowNanos) {
        return new HlsArchive(
                new SegmentFrames(archive.folder(), archive.segments(), archive.open()),
                InstantSource.fixed(Instant.ofEpochSecond(0, nowNanos)));
    }

    /// What is burnt into the frames that a player sees who plays all of a playlist, one map after another.
    private static List<Long> burnt(FilledArchive archive, HlsArchive hls, String playlist) throws IOException {
        var seen = new ArrayList<Long>();
        var parts = new ArrayList<List<String>>();
        for (String line : playlist.lines().toList()) {
            if (line.startsWith("#EXT-X-MAP:")) {
                parts.add(new ArrayList<>(List.of(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))));
            } else if (!line.startsWith("#")) {
                parts.getLast().add(line);
            }
        }
        for (var part : parts) {
            Path file = Files.createTempFile(folder, "hls", ".mp4");
            try (var out = Files.newOutputStream(file)) {
                for (String uri : part) {
                    write(archive, hls, uri, out);
                }
            }
            Playback.of(STREAM, file).forEach(frame -> seen.add(frame.burnt()));
        }
        return seen;
    }

    private static void write(FilledArchive archive, HlsArchive hls, String uri, OutputStream out) throws IOException {
        var path = Path.of(uri);
        assertThat(uri).startsWith("../../segments/");
        String id = path.getName(3).toString();
        Segment segment = archive.segments()
                .find(id)
                .or(() -> archive.open().find(id).map(open -> open.segment()))
                .orElseThrow();
        var source = hls.file(segment, path.getFileName().toString()).orElseThrow();
        source.writeTo(out, 0, source.lengthBytes());
    }

    private static List<String> lines(String playlist, String prefix) {
        return playlist.lines()
                .filter(line -> line.startsWith(prefix))
                .filter(line -> !line.startsWith("#EXT-X-DISCONTINUITY-SEQUENCE"))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static List<Double> durations(String playlist) {
        return lines(playlist, "#EXTINF:").stream()
                .map(text -> Double.parseDouble(text.replace(",", "")))
                .toList();
    }

    private static long at(int number) {
        return VIDEO.stamp(SESSION, number).captureTimeNanos();
    }

    private static List<Long> numbers(long from, long end) {
        return LongStream.range(from, end).boxed().toList();
    }
}
