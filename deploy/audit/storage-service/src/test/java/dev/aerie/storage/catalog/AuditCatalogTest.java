package dev.aerie.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What AUDIT says of threads that die in silence. Each fails at d493c5a.
final class AuditCatalogTest {

    private static final long LIMIT_SECONDS = 15;

    @TempDir
    Path folder;

    /// Today: CatalogTest, BackgroundThreadTest.
    @Test
    void h13_m29_changeThatThrows_costsItselfAlone() {
        try (var catalog = new Catalog(folder.resolve("catalog.sqlite"))) {
            catalog.start();
            assertThat(catalog.change(_ -> 1)).succeedsWithin(LIMIT_SECONDS, TimeUnit.SECONDS);
            var _ = catalog.change(_ -> {
                throw new IllegalStateException("a removal that throws");
            });
            assertThat(catalog.change(_ -> 2))
                    .as("the next change")
                    .succeedsWithin(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
