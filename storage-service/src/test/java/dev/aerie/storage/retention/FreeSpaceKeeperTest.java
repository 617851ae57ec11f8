package dev.aerie.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk of 100 MiB with an archive of twenty segments of a mebibyte; 10 MiB are to be free.
final class FreeSpaceKeeperTest {

    private static final long MIB = 1L << 20;
    private static final long DISK = 100 * MIB;
    private static final long WANTED = 10 * MIB;
    private static final int MANY = 200;
    private static final Sql INSERT = new Sql("""
            INSERT INTO segments VALUES (?, 'drone', 's', ?, 0, 0, 0, 0, 0, ?, '', 0, 0, 'CLOSED', ?, '',
                (SELECT coalesce(max(serial), 0) + 1 FROM segments))""");

    @TempDir
    Path folder;

    private Catalog catalog;
    private RemovalCandidates candidates;
    private FreeSpaceKeeper keeper;
    private long othersBytes = 70 * MIB;
    private long nanos;
    private int next;

    @BeforeEach
    void fill() throws Exception {
        catalog = new Catalog(folder.resolve("catalog.sqlite"));
        catalog.start();
        change("INSERT INTO streams VALUES ('drone', 0, 0)");
        change("INSERT INTO sessions VALUES ('drone', 's', 'sender', 0, 0, 0)");
        for (int i = 0; i < 20; i++) {
            record(false);
        }
        candidates = new RemovalCandidates(catalog, false);
        keeper = new FreeSpaceKeeper(WANTED, candidates, () -> nanos);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void sweep_recordingFillsTheDisk_makesRoomForEverWithoutComplaint() throws Exception {
        for (int round = 0; round < 200; round++) {
            record(false);
            sweep();
            assertThat(keeper.failureCause()).isEmpty();
            assertThat(free()).isGreaterThanOrEqualTo(WANTED);
        }
        assertThat(segments()).isEqualTo(20);
    }

    @Test
    void sweep_anotherProgramFillsTheDiskBitByBit_keepsHalfAndSaysSo() throws Exception {
        for (int round = 0; round < 15; round++) {
            othersBytes += MIB;
            sweep();
        }
        assertThat(segments()).isEqualTo(10);
        assertThat(keeper.failureCause()).contains("another program fills the disk");
        othersBytes -= 20 * MIB;
        sweep();
        assertThat(keeper.failureCause()).isEmpty();
    }

    @Test
    void sweep_moreIsMissingThanTheArchiveHas_removesNothingAndSaysSo() throws Exception {
        othersBytes = DISK - 20 * MIB;
        var wanting = new FreeSpaceKeeper(21 * MIB, candidates, () -> nanos);
        wanting.sweep(this::free, this::remove, MANY);
        assertThat(segments()).isEqualTo(20);
        assertThat(wanting.failureCause())
                .isEqualTo("21 MiB of RETENTION_FREE are missing, and all removable segments together have 20 MiB");
    }

    @Test
    void sweep_removingMakesNothingFree_stopsAfterThreeAndTriesAgainMuchLater() throws Exception {
        for (int round = 0; round < 50; round++) {
            keeper.sweep(() -> 5 * MIB, this::remove, MANY);
        }
        assertThat(segments()).isEqualTo(17);
        assertThat(keeper.failureCause()).contains("made nothing free");
        nanos += Duration.ofMinutes(11).toNanos();
        keeper.sweep(() -> 5 * MIB, this::remove, MANY);
        assertThat(segments()).isEqualTo(14);
        keeper.sweep(() -> WANTED, this::remove, MANY);
        assertThat(keeper.failureCause()).isEmpty();
    }

    @Test
    void sweep_everythingIsProtected_removesNothingAndSaysSo() throws Exception {
        change("UPDATE segments SET is_protected = 1");
        othersBytes = 75 * MIB;
        sweep();
        assertThat(segments()).isEqualTo(20);
        assertThat(keeper.failureCause()).contains("all removable segments together have 0 MiB");
    }

    private void sweep() throws IOException {
        keeper.sweep(this::free, this::remove, MANY);
    }

    private long free() throws IOException {
        return DISK - othersBytes - candidates.localBytes();
    }

    private long remove(RemovalCandidates.Candidate candidate) {
        try {
            change("DELETE FROM segments WHERE id = ?", candidate.id());
            return candidate.bytes();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void record(boolean isProtected) throws ExecutionException, InterruptedException {
        String id = "%026d".formatted(next++);
        int _ = catalog.change(connection -> INSERT.update(connection, id, id, MIB, isProtected ? 1 : 0))
                .get();
    }

    private long segments() throws IOException {
        return candidates.localBytes() / MIB;
    }

    private void change(String sql, Object... parameters) throws ExecutionException, InterruptedException {
        int _ = catalog.change(connection -> new Sql(sql).update(connection, parameters))
                .get();
    }
}
