package dev.aerie.storage.web;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.journal.SightingIndex;
import dev.aerie.messages.CaptureClock;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What AUDIT says of old recordings. Fails at d493c5a.
final class AuditLibraryTest {

    private static final int RECORDINGS = 10_001;

    @TempDir
    Path folder;

    /// Today: ArchiveApiTest.
    @Test
    void m20_recordingOlderThanTheNewestTenThousand_isFound() throws Exception {
        try (var catalog = new Catalog(folder.resolve("catalog.sqlite"))) {
            catalog.start();
            catalog.change(connection -> {
                        for (int i = 0; i < RECORDINGS; i++) {
                            Recordings.see(connection, "drone", session(i), CaptureClock.SENDER, i * 10L + 1, i * 10L + 9);
                        }
                        return null;
                    })
                    .get(60, TimeUnit.SECONDS);
            var library = new Library(
                    new Recordings(catalog), new Segments(catalog), new OpenSegments(), new SightingIndex(catalog));
            assertThatCode(() -> library.recording(session(0))).doesNotThrowAnyException();
        }
    }

    private static String session(int number) {
        return "01K9JXW7Z3T4V5W6X7Y8%06d".formatted(number);
    }
}
