package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.testing.FilledArchive;
import dev.aerie.storage.testing.NumberedVideo;
import dev.aerie.video.PictureSize;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What AUDIT says of groups of pictures without end. Fails at d493c5a.
final class AuditSegmentTest {

    private static final String STREAM = "drone";
    private static final String SESSION = NumberedVideo.SESSION;

    @TempDir
    Path folder;

    /// Today: RecorderTest. Ten seconds with one IDR frame, in segments of one second.
    @Test
    void m19_groupWithoutEnd_isCut() throws Exception {
        try (var archive = new FilledArchive(folder)) {
            var video = new NumberedVideo(STREAM, new PictureSize(320, 180), 30, 100_000);
            archive.record(STREAM, SESSION, video.units(SESSION, 0, 300), Duration.ofSeconds(1), 1);
            assertThat(archive.segments().of(STREAM, SESSION))
                    .extracting(Segment::frames)
                    .hasSizeGreaterThan(1);
        }
    }
}
