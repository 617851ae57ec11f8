package dev.aerie.storage.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording of `-Daerie.recording.minutes` (2 by default) in segments of a minute; says how long the first byte
/// of clips takes. Frames repeat every two seconds; their identities do not.
final class LongRecordingTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);
    private static final int MINUTES = Integer.getInteger("aerie.recording.minutes", 2);
    private static final int CLIP_FRAMES = 300;
    private static final int SEEKS = 10;

    @TempDir
    Path folder;

    @Test
    void cut_fromAnywhere_beginsAtOnceAndShowsItsFrames() throws Exception {
        int frames = MINUTES * 60 * VIDEO.rate();
        try (var archive = new FilledArchive(folder)) {
            archive.record(STREAM, SESSION, VIDEO.loop(SESSION, frames), Duration.ofMinutes(1), MINUTES);
            var random = new Random(1);
            for (Clips.Cut cut : Clips.Cut.values()) {
                long[] millis = new long[SEEKS];
                for (int i = 0; i < SEEKS; i++) {
                    int first = random.nextInt(frames - CLIP_FRAMES);
                    millis[i] = firstByte(archive, first, cut);
                }
                Arrays.sort(millis);
                System.out.printf(
                        "first byte of 10 s of %d minutes, cut %s: median %d ms, worst of %d seeks %d ms%n",
                        MINUTES, cut, millis[SEEKS / 2], SEEKS, millis[SEEKS - 1]);
            }
            var whole = clips(archive).cut(STREAM, "", 0, Long.MAX_VALUE, Clips.Cut.FRAME);
            assertThat(whole.frames()).hasSize(frames);
        }
    }

    /// Milliseconds until it is there, with nothing remembered from an earlier clip.
    private static long firstByte(FilledArchive archive, int first, Clips.Cut cut)
            throws IOException, NoVideoException {
        var clips = clips(archive);
        long begin = System.nanoTime();
        Clip clip = clips.cut(STREAM, "", at(first), at(first + CLIP_FRAMES), cut);
        var out = new ByteArrayOutputStream();
        clip.source().writeTo(out, 0, 1);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertThat(out.toByteArray()).hasSize(1);
        assertThat(clip.frames().getLast().id().frameNumber()).isEqualTo(first + CLIP_FRAMES - 1L);
        return millis;
    }

    private static Clips clips(FilledArchive archive) {
        var segmentFrames = new SegmentFrames(archive.folder(), archive.segments(), archive.open());
        return new Clips(segmentFrames, InstantSource.system(), new Random(1));
    }

    private static long at(int number) {
        return VIDEO.stamp(SESSION, number).captureTimeNanos();
    }
}
