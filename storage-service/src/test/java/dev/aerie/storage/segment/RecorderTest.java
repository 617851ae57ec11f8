package dev.aerie.storage.segment;

import static dev.aerie.storage.testing.NumberedVideo.LATER_SESSION;
import static dev.aerie.storage.testing.NumberedVideo.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.storage.catalog.FrameEntry;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.clip.Clips;
import dev.aerie.storage.clip.SegmentFrames;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.Playback;
import dev.aerie.storage.testing.Tool;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import dev.aerie.video.mp4.VideoTrack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class RecorderTest {

    private static final String STREAM = "drone";
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);
    private static final byte MAIN_PROFILE = 77;

    @TempDir
    private Path folder;

    @Test
    void record_acrossSegments_everyFrameIsTheOneThatTheIndexSays() throws Exception {
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, VIDEO.units(SESSION, 0, 95));

            var segments = archive.awaitSegments(STREAM, SESSION, 4);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 95));
            assertThat(segments).extracting(Segment::firstFrame).containsExactly(0L, 30L, 60L, 90L);
            assertThat(segments)
                    .allSatisfy(segment -> assertThat(segment.durationNanos())
                            .isCloseTo(segment.frames() * 1_000_000_000L / 30, within(1_000_000L)));
            assertThat(archive.files()).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void record_whileItIsWritten_canBePlayed() throws Exception {
        try (var archive = new TestArchive(folder);
                var recorder = archive.recorder(STREAM, SESSION, Duration.ofMinutes(1))) {
            VIDEO.units(SESSION, 0, 40).forEach(recorder::put);
            Eventually.holds(
                    "40 frames on disk",
                    TestArchive.LIMIT,
                    () -> recorder.status().frames() == 40);

            var open = archive.open.of(STREAM).getFirst();
            assertThat(open.frames().frames()).hasSize(40);
            assertThat(open.segment().state()).isEqualTo(Segment.State.OPEN);
            var seen = Playback.of(STREAM, archive.root.resolve(open.segment().path()));
            assertThat(seen).extracting(Playback.Seen::burnt).isEqualTo(numbers(0, 40));
        }
    }

    @Test
    void record_newSessionAndNewSizeInMidStream_beginNewSegments() throws Exception {
        var larger = new NumberedVideo(STREAM, new FrameSize(480, 272), 30, 10);
        try (var archive = new TestArchive(folder)) {
            try (var recorder = archive.recorder(STREAM, SESSION, Duration.ofMinutes(1))) {
                VIDEO.units(SESSION, 0, 25).forEach(recorder::put);
                larger.units(SESSION, 25, 50).forEach(recorder::put);
                VIDEO.units(LATER_SESSION, 0, 15).forEach(recorder::put);
            }
            var first = archive.awaitSegments(STREAM, SESSION, 2);
            archive.awaitSegments(STREAM, LATER_SESSION, 1);

            assertThat(first).extracting(Segment::size).containsExactly(VIDEO.size(), larger.size());
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 50));
            assertThat(new ArchiveProof(archive).numbers(STREAM, LATER_SESSION)).isEqualTo(numbers(0, 15));
        }
    }

    @Test
    void record_otherParameterSetsInMidStream_beginNewSegments() throws Exception {
        var units = VIDEO.units(SESSION, 0, 60).stream()
                .map(unit -> number(unit) < 20 || number(unit) >= 40 ? unit : inMainProfile(unit))
                .toList();
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, units, Duration.ofMinutes(1));

            var segments = archive.awaitSegments(STREAM, SESSION, 3);
            assertThat(segments).extracting(Segment::firstFrame).containsExactly(0L, 20L, 40L);
            assertThat(segments)
                    .extracting(segment -> segment.codec().substring(0, 7))
                    .containsExactly("avc1.42", "avc1.4d", "avc1.42");
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 60));
        }
    }

    @Test
    void record_anotherEncoderInMidStream_beginsANewSegment() throws Exception {
        var high = VIDEO.inHighProfile(VIDEO.units(SESSION, 25, 50), folder);
        try (var archive = new TestArchive(folder.resolve("archive"))) {
            try (var recorder = archive.recorder(STREAM, SESSION, Duration.ofMinutes(1))) {
                VIDEO.units(SESSION, 0, 25).forEach(recorder::put);
                high.forEach(recorder::put);
                VIDEO.units(SESSION, 50, 60).forEach(recorder::put);
            }
            var segments = archive.awaitSegments(STREAM, SESSION, 3);
            assertThat(segments)
                    .extracting(segment -> segment.codec().substring(0, 7))
                    .containsExactly("avc1.42", "avc1.64", "avc1.42");
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 60));
        }
    }

    @Test
    void record_cameraChangesToH265_beginsASegmentThatFfprobeKnowsAsHvc1() throws Exception {
        var h265 = VIDEO.inH265(VIDEO.units(SESSION, 20, 60), folder);
        try (var archive = new TestArchive(folder.resolve("archive"))) {
            try (var recorder = archive.recorder(STREAM, SESSION, ONE_SECOND)) {
                VIDEO.units(SESSION, 0, 20).forEach(recorder::put);
                h265.forEach(recorder::put);
            }
            var segments = archive.awaitSegments(STREAM, SESSION, 3);
            assertThat(segments)
                    .extracting(segment -> segment.codec().substring(0, 9))
                    .containsExactly("avc1.42c0", "hvc1.1.6.", "hvc1.1.6.");
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 60));
            var arguments =
                    List.of("-v", "error", "-show_entries", "stream=codec_name,codec_tag_string", "-of", "csv=p=0");
            var file = archive.root.resolve(segments.getLast().path()).toString();
            var told = Tool.require("ffprobe")
                    .run(
                            folder,
                            Stream.concat(arguments.stream(), Stream.of(file)).toList());
            assertThat(told).isEqualTo("hevc,hvc1");
        }
    }

    @Test
    void record_timeJumpsInMidGroup_losesNothingAndCutsAtTheNextIdr() throws Exception {
        var units = VIDEO.units(SESSION, 0, 60).stream()
                .map(unit -> number(unit) < 25 ? unit : unit.withPtsTicks90k(unit.ptsTicks90k() + 90_000_000L))
                .toList();
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, units, Duration.ofMinutes(1));

            var segments = archive.awaitSegments(STREAM, SESSION, 2);
            assertThat(segments).extracting(Segment::firstFrame).containsExactly(0L, 30L);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 60));
        }
    }

    @Test
    void record_afterRestartWithinAGroup_keepsAPreludeAndNoFrameTwice() throws Exception {
        var units = VIDEO.units(SESSION, 0, 60);
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, units.subList(0, 36), Duration.ofMinutes(1));
            archive.awaitSegments(STREAM, SESSION, 1);
            record(archive, SESSION, units.subList(30, 60), Duration.ofMinutes(1));

            var segments = archive.awaitSegments(STREAM, SESSION, 2);
            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 60));
            assertThat(segments.getLast().firstFrame()).isEqualTo(36);
            assertThat(archive.segments()
                            .frames(segments.getLast().id())
                            .orElseThrow()
                            .frames())
                    .hasSize(30);
        }
    }

    @Test
    void record_reconnectRepeatsFrames_goesOnInTheSameSegment() throws Exception {
        var units = VIDEO.units(SESSION, 0, 60);
        try (var archive = new TestArchive(folder)) {
            try (var recorder = archive.recorder(STREAM, SESSION, Duration.ofMinutes(1))) {
                units.subList(0, 36).forEach(recorder::put);
                units.subList(30, 60).forEach(recorder::put);
            }
            archive.awaitSegments(STREAM, SESSION, 1);

            assertThat(new ArchiveProof(archive).numbers(STREAM, SESSION)).isEqualTo(numbers(0, 60));
        }
    }

    @Test
    void record_withSnapshots_takesThemAtIdrFramesAndSaysSoInThePlainFile() throws Exception {
        try (var archive = new TestArchive(folder, Duration.ofMillis(600))) {
            try (var recorder = archive.recorder(STREAM, SESSION, Duration.ofMinutes(1))) {
                for (int from = 0; from < 60; from += 10) {
                    VIDEO.units(SESSION, from, from + 10).forEach(recorder::put);
                    int group = from;
                    Eventually.holds(
                            "snapshot of " + group,
                            TestArchive.LIMIT,
                            () -> group % 20 != 0 || archive.registrar.snapshots() == group / 20 + 1);
                }
            }
            archive.registrar.end(STREAM, SESSION);
            Path metadata = folder.resolve("drone/" + SESSION + "/metadata.json");
            Eventually.holds(
                    "metadata.json of the end",
                    TestArchive.LIMIT,
                    () -> read(metadata).contains("\"ended\" : true"));

            var shots = archive.shots().of(STREAM, SESSION);
            assertThat(shots).extracting(shot -> shot.id().frameNumber()).containsExactly(0L, 20L, 40L);
            for (var shot : shots) {
                var frame = Playback.of(STREAM, folder.resolve(shot.path()));
                assertThat(frame)
                        .extracting(Playback.Seen::burnt)
                        .containsExactly(shot.id().frameNumber());
            }
            assertThat(read(metadata))
                    .contains("\"total_frames\" : 60", shots.getLast().path());
        }
    }

    @Test
    void record_noIdrForEver_cutsAtTwiceTheLengthAndTheFilesJoinIntoOneVideo() throws Exception {
        var endless = new NumberedVideo(STREAM, VIDEO.size(), 30, 1_000);
        try (var archive = new TestArchive(folder)) {
            record(archive, SESSION, endless.units(SESSION, 0, 150));

            var segments = archive.awaitSegments(STREAM, SESSION, 3);
            assertThat(segments).extracting(Segment::firstFrame).containsExactly(0L, 60L, 120L);
            var frames = archive.segments()
                    .frames(segments.get(1).id())
                    .orElseThrow()
                    .frames();
            assertThat(frames).extracting(FrameEntry::keyframe).containsOnly(false);
            var clips = new Clips(
                    new SegmentFrames(folder, archive.segments(), archive.open), InstantSource.system(), new Random(1));
            long from = segments.get(2).startNanos();
            for (var cut : Clips.Cut.values()) {
                Path file = folder.resolve("clip-" + cut + ".mp4");
                try (var out = Files.newOutputStream(file)) {
                    var source = clips.cut(STREAM, SESSION, from, Long.MAX_VALUE, cut)
                            .source();
                    source.writeTo(out, 0, source.lengthBytes());
                }
                assertThat(Playback.of(STREAM, file))
                        .as("cut=%s: what is needed to decode the last second comes along", cut)
                        .extracting(Playback.Seen::burnt)
                        .endsWith(numbers(120, 150).toArray(Long[]::new));
            }
        }
    }

    @Test
    void persist_everyFewSeconds_leavesNoMoreThanThatToALossOfPower() throws Exception {
        var units = VIDEO.units(SESSION, 0, 40);
        var nanos = new AtomicLong();
        try (var writer = SegmentWriter.create(
                folder.resolve("a.part"), VideoTrack.of(units.getFirst()).orElseThrow(), nanos::get)) {
            for (int from = 0; from < 40; from += 10) {
                writer.write(writer.prepare(units.subList(from, from + 10).stream()
                        .map(unit -> new SegmentCutter.Frame(unit, unit.stamp().orElseThrow(), false))
                        .toList()));
                nanos.addAndGet(Duration.ofSeconds(2).toNanos());
                long before = writer.durableBytes();
                writer.persist(Duration.ofSeconds(5));
                assertThat(writer.durableBytes()).isEqualTo(from == 20 ? writer.bytes() : before);
            }
        }
    }

    @Test
    void record_forLongerThanThat_asksTheDiskToKeepIt() throws Exception {
        var plan = new RecordingPlan(Duration.ofMinutes(1), Duration.ZERO, 64 << 20, Duration.ofMillis(100));
        try (var archive = new TestArchive(folder);
                var recorder = Recorder.start(STREAM, SESSION, plan, archive.context, archive.snapshots)) {
            VIDEO.units(SESSION, 0, 40).forEach(recorder::put);
            Eventually.holds("what is open is durable", TestArchive.LIMIT, () -> recorder.durableBytes() > 0);
        }
    }

    private static void record(TestArchive archive, String session, List<AccessUnit> units) {
        record(archive, session, units, ONE_SECOND);
    }

    private static void record(TestArchive archive, String session, List<AccessUnit> units, Duration length) {
        try (var recorder = archive.recorder(STREAM, session, length)) {
            units.forEach(recorder::put);
        }
    }

    /// The same under an SPS that says Main profile, by which Constrained Baseline is decoded as well.
    private static AccessUnit inMainProfile(AccessUnit unit) {
        var bytes = new byte[unit.sizeBytes()];
        unit.annexB().get(bytes);
        for (int at = 5; unit.isIdr() && at < 100; at++) {
            if (ByteBuffer.wrap(bytes, at - 5, 4).getInt() == 1 && bytes[at - 1] == 0x67) {
                bytes[at] = MAIN_PROFILE;
            }
        }
        return new AccessUnit(VideoCodec.H264, bytes, unit.isIdr(), unit.ptsTicks90k(), unit.stamp());
    }

    private static long number(AccessUnit unit) {
        return unit.stamp().orElseThrow().id().frameNumber();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
