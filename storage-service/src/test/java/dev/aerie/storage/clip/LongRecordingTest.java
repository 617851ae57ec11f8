package dev.aerie.storage.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recording of `-Daerie.recording.minutes` (2 by default) in segments of a minute; says how long the first byte
/// of a clip takes. Pictures repeat every two seconds; their identities do not.
final class LongRecordingTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;
    private static final NumberedVideo VIDEO = NumberedVideo.of(STREAM);
    private static final int MINUTES = Integer.getInteger("aerie.recording.minutes", 2);
    private static final int CLIP_PICTURES = 300;

    @TempDir
    Path folder;

    @Test
    void cut_fromTheMiddle_beginsAtOnceAndShowsItsPictures() throws Exception {
        int pictures = MINUTES * 60 * VIDEO.rate();
        try (var archive = new FilledArchive(folder)) {
            archive.record(STREAM, SESSION, VIDEO.loop(SESSION, pictures), Duration.ofMinutes(1), MINUTES);
            int first = pictures / 2 + 7;
            for (Clips.Cut cut : Clips.Cut.values()) {
                Clip clip = firstByte(archive, cut + " of 10 s", at(first), at(first + CLIP_PICTURES), cut);
                assertThat(clip.pictures().getLast().id().frameNumber()).isEqualTo(first + CLIP_PICTURES - 1L);
            }
            Clip whole = firstByte(archive, "everything", 0, Long.MAX_VALUE, Clips.Cut.FRAME);
            assertThat(whole.pictures()).hasSize(pictures);
        }
    }

    /// With nothing remembered from an earlier clip.
    private static Clip firstByte(FilledArchive archive, String what, long from, long to, Clips.Cut cut)
            throws IOException, NoFootageException {
        var footage = new Footage(archive.folder(), archive.segments(), archive.open());
        long begin = System.nanoTime();
        Clip clip = new Clips(footage, InstantSource.system(), new Random(1)).cut(STREAM, "", from, to, cut);
        var out = new ByteArrayOutputStream();
        clip.content().writeTo(out, 0, 1);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        System.out.println("first byte of " + what + " from " + MINUTES + " minutes: " + millis + " ms");
        assertThat(out.toByteArray()).hasSize(1);
        return clip;
    }

    private static long at(int number) {
        return VIDEO.stamp(SESSION, number).captureTimeNanos();
    }
}
