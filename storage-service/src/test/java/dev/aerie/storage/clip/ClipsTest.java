package dev.aerie.storage.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.storage.testing.Playback;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One archive for all: a stream of 90 frames in three segments, the last of them of another size.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClipsTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);
    private static final NumberedVideo LARGER = new NumberedVideo(STREAM, new FrameSize(480, 270), 30, 10);
    private static final int FRAMES = 90;
    private static final int LARGER_FROM = 60;

    @TempDir
    static Path folder;

    private FilledArchive archive;
    private Clips clips;

    @BeforeAll
    void record() throws InterruptedException, IOException {
        archive = new FilledArchive(folder.resolve("archive"));
        List<AccessUnit> units = new ArrayList<>(VIDEO.units(SESSION, 0, LARGER_FROM));
        units.addAll(LARGER.units(SESSION, LARGER_FROM, FRAMES));
        archive.record(STREAM, SESSION, units, Duration.ofSeconds(1), 3);
        clips = new Clips(
                new SegmentFrames(archive.folder(), archive.segments(), archive.open()),
                InstantSource.system(),
                new Random(1));
    }

    @AfterAll
    void close() {
        archive.close();
    }

    @ParameterizedTest
    @EnumSource(Clips.Cut.class)
    void cut_acrossSegments_showsExactlyTheFramesOfThatTime(Clips.Cut cut) throws Exception {
        long first = cut == Clips.Cut.IDR ? 10 : 17;
        Clip clip = clips.cut(STREAM, "", at(17), at(44), cut);
        assertThat(clip.frames().stream().map(frame -> frame.id().frameNumber()))
                .isEqualTo(numbers(first, 44));
        assertThat(clip.frames().getLast().seconds()).isEqualTo((43 - first) / 30.0);
        assertThat(burnt(clip)).isEqualTo(numbers(first, 44));
    }

    @Test
    void cut_encoded_beginsWithAnIdrFrameAndNothingHidden() throws Exception {
        Path file = written(clips.cut(STREAM, "", at(17), at(44), Clips.Cut.ENCODE));
        assertThat(Playback.of(STREAM, file).getFirst().captureTimeNanos()).isEqualTo(at(17));
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void cut_untilTheMiddleOfTheFirstGroup_encodesTheWholeClip() throws Exception {
        assertThat(burnt(clips.cut(STREAM, "", at(12), at(15), Clips.Cut.ENCODE)))
                .isEqualTo(numbers(12, 15));
    }

    @ParameterizedTest
    @EnumSource(Clips.Cut.class)
    void cut_acrossAChangeOfSize_showsAllFrames(Clips.Cut cut) throws Exception {
        long first = cut == Clips.Cut.IDR ? 50 : 55;
        assertThat(burnt(clips.cut(STREAM, SESSION, at(55), at(75), cut))).isEqualTo(numbers(first, 75));
    }

    /// Encoding makes H.264 of all of it, copying leaves it as it is.
    @ParameterizedTest
    @EnumSource(Clips.Cut.class)
    void cut_ofH265_showsExactlyTheFramesOfThatTime(Clips.Cut cut, @TempDir Path files) throws Exception {
        long first = cut == Clips.Cut.IDR ? 10 : 17;
        try (var hevc = new FilledArchive(files.resolve("archive"))) {
            hevc.record(STREAM, SESSION, VIDEO.inH265(VIDEO.units(SESSION, 0, 60), files), Duration.ofSeconds(1), 2);
            var ofHevc = new Clips(
                    new SegmentFrames(hevc.folder(), hevc.segments(), hevc.open()),
                    InstantSource.system(),
                    new Random(1));
            Clip clip = ofHevc.cut(STREAM, "", at(17), at(44), cut);
            assertThat(clip.frames().stream().map(frame -> frame.id().frameNumber()))
                    .isEqualTo(numbers(first, 44));
            assertThat(burnt(clip)).isEqualTo(numbers(first, 44));
            assertThat(TrackHead.of(written(clip)).videoCodec())
                    .isEqualTo(cut == Clips.Cut.ENCODE ? VideoCodec.H264 : VideoCodec.H265);
        }
    }

    @Test
    void cut_everything_isThereOnce() throws Exception {
        assertThat(burnt(clips.cut(STREAM, SESSION, 0, Long.MAX_VALUE, Clips.Cut.FRAME)))
                .isEqualTo(numbers(0, FRAMES));
    }

    @Test
    void writeTo_anyRange_givesTheSameBytesAsTheWhole() throws Exception {
        RandomAccessSource source =
                clips.cut(STREAM, "", at(17), at(80), Clips.Cut.ENCODE).source();
        byte[] whole = bytes(source, 0, source.lengthBytes());
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(whole.length);
            int count = 1 + random.nextInt(Math.min(50_000, whole.length - from));
            assertThat(bytes(source, from, count))
                    .as("%d from %d", count, from)
                    .isEqualTo(Arrays.copyOfRange(whole, from, from + count));
        }
    }

    @Test
    void cut_again_givesTheSameContentUnderTheSameTag() throws Exception {
        RandomAccessSource first =
                clips.cut(STREAM, "", at(3), at(9), Clips.Cut.FRAME).source();
        RandomAccessSource other =
                clips.cut(STREAM, "", at(3), at(10), Clips.Cut.FRAME).source();
        assertThat(clips.cut(STREAM, "", at(3), at(9), Clips.Cut.FRAME).source().tag())
                .isEqualTo(first.tag())
                .isNotEqualTo(other.tag());
    }

    @Test
    void cut_whereNothingWasRecorded_saysSo() {
        assertThatThrownBy(() -> clips.cut(STREAM, "", at(1000), at(2000), Clips.Cut.FRAME))
                .isInstanceOf(NoVideoException.class);
        assertThatThrownBy(() -> clips.cut("other", "", at(0), at(10), Clips.Cut.FRAME))
                .isInstanceOf(NoVideoException.class);
    }

    private static List<Long> burnt(Clip clip) throws IOException {
        return Playback.of(STREAM, written(clip)).stream()
                .map(Playback.Seen::burnt)
                .toList();
    }

    private static Path written(Clip clip) throws IOException {
        Path file = Files.createTempFile(folder, "clip", ".mp4");
        try (var out = Files.newOutputStream(file)) {
            clip.source().writeTo(out, 0, clip.source().lengthBytes());
        }
        return file;
    }

    private static byte[] bytes(RandomAccessSource source, long from, long count) throws IOException {
        var out = new ByteArrayOutputStream();
        source.writeTo(out, from, count);
        return out.toByteArray();
    }

    private static long at(int number) {
        return VIDEO.stamp(SESSION, number).captureTimeNanos();
    }

    private static List<Long> numbers(long from, long end) {
        return LongStream.range(from, end).boxed().toList();
    }
}
