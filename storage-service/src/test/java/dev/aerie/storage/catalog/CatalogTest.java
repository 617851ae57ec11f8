package dev.aerie.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.testing.Eventually;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class CatalogTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Sql INSERT =
            new Sql("INSERT INTO streams (name, first_seen_ns, last_seen_ns) VALUES (?, 0, 0)");

    @TempDir
    Path folder;

    @Test
    void change_throwsWhateverItMay_answersForItselfAndHarmsNoOther() throws Exception {
        try (var catalog = new Catalog(folder.resolve("catalog.sqlite"))) {
            catalog.start();
            var go = new CountDownLatch(1);
            var first = catalog.<Boolean>change(_ -> await(go)); // so that the rest is one batch
            var before = insert(catalog, "before");
            CompletableFuture<Integer> wrong = catalog.change(connection -> {
                int _ = INSERT.update(connection, "wrong");
                throw new IllegalStateException("a bug");
            });
            CompletableFuture<Integer> worse = catalog.change(_ -> {
                throw new NoClassDefFoundError("worse");
            });
            CompletableFuture<Integer> refused = catalog.change(_ -> {
                throw new SQLException("the driver knows no such type");
            });
            var after = insert(catalog, "after");
            go.countDown();

            assertThat(first.get()).isTrue();
            assertThat(before.get()).isEqualTo(1);
            assertThat(after.get()).isEqualTo(1);
            assertThatThrownBy(wrong::get).hasRootCauseMessage("a bug");
            assertThatThrownBy(worse::get).hasRootCauseMessage("worse");
            assertThatThrownBy(refused::get).hasRootCauseMessage("the driver knows no such type");
            assertThat(new Recordings(catalog).streams()).containsExactly("after", "before");
            assertThat(catalog.failure()).isEmpty();
            assertThat(catalog.failed()).isEqualTo(3);
        }
    }

    @Test
    void makeChanges_indexFails_saysWhyAndGoesOnWithWhatWaits() throws Exception {
        var failures = new AtomicInteger(2);
        var fail = new CountDownLatch(1);
        var database = new Database(folder.resolve("catalog.sqlite")) {
            @Override
            boolean openIfNeeded() throws SQLException {
                if (fail.getCount() == 0 && failures.getAndDecrement() > 0) {
                    throw new UnsatisfiedLinkError("no sqlite");
                }
                return super.openIfNeeded();
            }
        };
        try (var catalog = new Catalog(database)) {
            catalog.start();
            assertThat(insert(catalog, "before").get()).isEqualTo(1);
            fail.countDown();
            var waits = insert(catalog, "after");
            Eventually.holds(
                    "the failure is told", LIMIT, () -> catalog.failure().contains("no sqlite"));
            assertThat(waits.get()).isEqualTo(1);
            assertThat(insert(catalog, "later").get()).isEqualTo(1);
            Eventually.holds("all is well", LIMIT, () -> catalog.failure().isEmpty());
        }
    }

    private static CompletableFuture<Integer> insert(Catalog catalog, String name) {
        return catalog.change(connection -> INSERT.update(connection, name));
    }

    private static boolean await(CountDownLatch go) {
        try {
            go.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
