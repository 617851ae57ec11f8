package dev.aerie.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveLockTest {

    @Test
    void take_whileAnotherHasIt_isEmpty(@TempDir Path folder) {
        try (var first = ArchiveLock.take(folder).orElseThrow()) {
            assertThat(first).isNotNull();
            assertThat(ArchiveLock.take(folder)).isEmpty();
        }
    }

    @Test
    void take_afterTheOtherHasClosed_succeeds(@TempDir Path folder) {
        ArchiveLock.take(folder).orElseThrow().close();

        try (var second = ArchiveLock.take(folder).orElseThrow()) {
            assertThat(second).isNotNull();
        }
    }
}
