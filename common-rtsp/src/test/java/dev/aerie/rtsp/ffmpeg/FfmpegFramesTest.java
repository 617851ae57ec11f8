package dev.aerie.rtsp.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.NativeHeap;
import dev.aerie.messages.CaptureClock;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.VideoFrame;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FfmpegFramesTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_763_712_000, 5));

    @TempDir
    Path folder;

    @Test
    void next_stampedFile_givesEachFrameItsOwnIdentity() throws Exception {
        var file = BarStream.write(folder, BarStream.stamped(BarStream.encode(BarStream.SIZE, 50)));

        var seen = readAll(file);

        assertThat(seen).hasSize(50);
        assertThat(seen).allSatisfy(frame -> {
            assertThat(frame.stamp()).isEqualTo(BarStream.stamp(frame.bars()));
            assertThat(frame.size()).isEqualTo(BarStream.SIZE);
        });
    }

    @Test
    void next_foreignFile_isNumberedInASessionOfItsOwn() throws Exception {
        var file = BarStream.write(folder, BarStream.encode(BarStream.SIZE, 12));

        var seen = readAll(file);

        assertThat(seen).extracting(frame -> frame.stamp().id().frameNumber()).containsExactlyElementsOf(numbers(12));
        assertThat(seen)
                .extracting(Seen::bars)
                .containsExactlyElementsOf(
                        numbers(12).stream().map(Long::intValue).toList());
        assertThat(seen).allSatisfy(frame -> {
            assertThat(frame.stamp().id().session()).startsWith("local-");
            assertThat(frame.stamp().clock()).isEqualTo(CaptureClock.ARRIVAL);
            assertThat(frame.stamp().captureTimeNanos()).isEqualTo(1_763_712_000_000_000_005L);
        });
    }

    @Test
    void next_sizeChangesInMidStream_isApplied() throws Exception {
        var large = new FrameSize(480, 272);
        var units = new ArrayList<>(BarStream.encode(BarStream.SIZE, 10));
        units.addAll(BarStream.encode(large, 10));

        var seen = readAll(BarStream.write(folder, units));

        assertThat(seen.subList(0, 10)).extracting(Seen::size).containsOnly(BarStream.SIZE);
        assertThat(seen.subList(10, 20)).extracting(Seen::size).containsOnly(large);
        assertThat(seen).extracting(Seen::bars).endsWith(7, 8, 9);
    }

    @Test
    void next_damagedFrames_areDroppedAndTheOthersKeepTheirIdentity() throws Exception {
        byte[] bytes = BarStream.bytesOf(BarStream.stamped(BarStream.encode(BarStream.SIZE, 50)));
        var random = new Random(4);
        for (int i = 0; i < 30; i++) {
            bytes[1000 + random.nextInt(bytes.length - 1000)] ^= (byte) (1 << random.nextInt(8));
        }
        var file = Files.write(folder.resolve("broken.h264"), bytes);

        var seen = readAll(file);

        assertThat(seen).hasSizeBetween(5, 49);
        assertThat(seen).extracting(frame -> frame.stamp().id().frameNumber()).doesNotHaveDuplicates();
    }

    @Test
    void next_consumerKeepsAllFrames_leavesOthersOutAndCounts() throws Exception {
        var file = BarStream.write(folder, BarStream.encode(BarStream.SIZE, 30));
        var kept = new ArrayList<VideoFrame>();
        try (var source = frames(file, 4).open()) {
            assertThatThrownBy(() -> {
                        while (true) {
                            var frame = source.next();
                            frame.retain();
                            kept.add(frame);
                        }
                    })
                    .isInstanceOf(EOFException.class);
            assertThat(kept).hasSize(4);
            assertThat(source.skipped()).isEqualTo(26);
        }
        assertThat(TestPatterns.numberIn(
                        BarStream.SIZE, kept.get(3).bgr(), kept.get(3).strideBytes()))
                .isEqualTo(3);
        kept.forEach(VideoFrame::release);
    }

    @Test
    void next_lentFrame_isReleasedByTheNextCall() throws Exception {
        var file = BarStream.write(folder, BarStream.encode(BarStream.SIZE, 3));
        try (var source = frames(file, 1).open()) {
            var first = source.next();
            source.next();

            assertThatThrownBy(first::bgr).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void open_noVideo_givesTheReason() throws Exception {
        var text = Files.writeString(folder.resolve("text.mp4"), "no video");

        assertThatThrownBy(() -> open(folder.resolve("missing.mp4")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("No such file or directory");
        assertThatThrownBy(() -> open(text)).isInstanceOf(IOException.class).hasMessageContaining("opening");
    }

    @Test
    void openAndClose_hundredsOfTimes_leavesNativeMemoryFlat() throws Exception {
        var file = BarStream.write(folder, BarStream.stamped(BarStream.encode(BarStream.SIZE, 12)));
        for (int i = 0; i < 50; i++) {
            openReadClose(file);
        }
        long before = NativeHeap.usedBytes();
        for (int i = 0; i < 400; i++) {
            openReadClose(file);
        }

        assertThat(NativeHeap.usedBytes() - before)
                .as("a single frame kept per connection would be 68 MB")
                .isLessThan(8 << 20);
    }

    private record Seen(FrameStamp stamp, FrameSize size, int bars) {}

    private List<Seen> readAll(Path file) throws IOException {
        var seen = new ArrayList<Seen>();
        try (var source = frames(file, 3).open()) {
            while (true) {
                var frame = source.next();
                int bars = TestPatterns.numberIn(frame.size(), frame.bgr(), frame.strideBytes());
                seen.add(new Seen(frame.stamp(), frame.size(), bars));
            }
        } catch (EOFException _) {
            return seen;
        }
    }

    private static void openReadClose(Path file) throws IOException {
        try (var source = frames(file, 3).open()) {
            for (int i = 0; i < 5; i++) {
                source.next();
            }
        }
        try (var source = new FfmpegAccessUnits(VideoInput.file("drone", file)).open()) {
            source.next();
        }
    }

    private static void open(Path file) throws IOException {
        try (StreamSource<VideoFrame> source = frames(file, 1).open()) {
            source.next();
        }
    }

    private static FfmpegFrames frames(Path file, int frames) {
        return new FfmpegFrames(VideoInput.file("drone", file), frames, CLOCK, new Random(1));
    }

    private static List<Long> numbers(int count) {
        return java.util.stream.LongStream.range(0, count).boxed().toList();
    }
}
