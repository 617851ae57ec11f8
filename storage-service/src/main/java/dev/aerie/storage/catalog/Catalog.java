package dev.aerie.storage.catalog;

import dev.aerie.threads.BackgroundThread;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index in SQLite. One thread makes all changes in the order of their requests; readers have separate
/// connections.
///
/// A change that fails because the disk is away is retried until it succeeds; the queue of waiting changes is
/// bounded. If the file was removed or is broken, an empty index replaces it: see [#generation]. Owns its thread
/// until [#close].
public final class Catalog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_AT_ONCE = 256;
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Database database;
    private final ReadConnections readers;
    private final BlockingQueue<Pending<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger generation = new AtomicInteger();
    private final AtomicLong version = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final BackgroundThread writer = BackgroundThread.of("catalog", this::makeChanges);
    private volatile String failure = "not opened yet";

    /// A change of the index within one transaction. It may run again after a failure of the disk.
    public interface Change<T extends @Nullable Object> {
        T apply(Connection connection) throws SQLException;
    }

    /// A query of the index.
    public interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /// - `file`: created if it is missing, as soon as its folder exists
    public Catalog(Path file) {
        this(new Database(file));
    }

    Catalog(Database database) {
        this.database = database;
        this.readers = new ReadConnections(database);
    }

    public void start() {
        writer.start();
    }

    /// Queues a change; the returned future completes when the change is committed. It fails with
    /// [CatalogUnavailableException] if too many changes wait or the catalog is closed, with [SQLException] if the
    /// change violates a rule of the schema, and with any other exception that the change throws. A failed change
    /// alone is rolled back; others in its transaction are kept.
    public <T extends @Nullable Object> CompletableFuture<T> change(Change<T> change) {
        var pending = new Pending<>(change);
        if (closing.getCount() == 0 || !waiting.offer(pending)) {
            refused.incrementAndGet();
            pending.answer.completeExceptionally(new CatalogUnavailableException(failure));
        }
        return pending.answer;
    }

    /// Runs a query on the calling thread, concurrently with changes.
    public <T> T query(Query<T> query) throws CatalogUnavailableException {
        return readers.query(query, generation.get());
    }

    /// Increases each time the file is opened; after an increase the index may have been rebuilt.
    public int generation() {
        return generation.get();
    }

    /// Increases whenever the index may have changed: data read at one version is valid as long as the version is the
    /// same.
    long version() {
        return version.get();
    }

    /// Why changes are not possible now; empty if they are.
    public String failure() {
        return failure;
    }

    /// Number of waiting changes.
    public int backlog() {
        return waiting.size();
    }

    /// Number of changes refused since the start.
    public long refused() {
        return refused.get();
    }

    /// Number of changes since the start that failed for a reason other than the disk and were rolled back.
    public long failed() {
        return failed.get();
    }

    /// Makes the waiting changes, for a few seconds at most.
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!writer.finish(CLOSE_LIMIT)) {
                LOG.warn("catalog does not end waitedMillis={}", CLOSE_LIMIT.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        readers.close();
    }

    private final class Pending<T extends @Nullable Object> {
        private final Change<T> change;
        private final CompletableFuture<T> answer = new CompletableFuture<>();

        Pending(Change<T> change) {
            this.change = change;
        }

        /// Makes the change inside the open transaction; returns the notification to run after the commit.
        Runnable apply(Connection connection) throws SQLException {
            var before = connection.setSavepoint();
            try {
                T result = change.apply(connection);
                connection.releaseSavepoint(before);
                return () -> answer.complete(result);
            } catch (SQLException e) {
                if (Database.isTransient(e)) {
                    throw e;
                }
                return undone(connection, before, e);
            } catch (RuntimeException | Error e) {
                LOG.warn("change of the index failed", e);
                return undone(connection, before, e);
            }
        }

        private Runnable undone(Connection connection, Savepoint before, Throwable cause) throws SQLException {
            connection.rollback(before);
            failed.incrementAndGet();
            return () -> answer.completeExceptionally(cause);
        }
    }

    /// Runs on the writer thread.
    private void makeChanges() throws InterruptedException {
        try {
            tryUntilMade(List.of());
            while (closing.getCount() > 0 || !waiting.isEmpty()) {
                var batch = next();
                if (!batch.isEmpty()) {
                    tryUntilMade(batch);
                }
            }
        } finally {
            database.close();
        }
    }

    private List<Pending<?>> next() throws InterruptedException {
        var first = waiting.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        var batch = new ArrayList<Pending<?>>();
        batch.add(first);
        waiting.drainTo(batch, MAX_AT_ONCE - 1);
        return batch;
    }

    private void tryUntilMade(List<Pending<?>> batch) throws InterruptedException {
        while (true) {
            try {
                commit(batch).forEach(Runnable::run);
                setFailure("");
                return;
            } catch (SQLException e) {
                setFailure(String.valueOf(e.getMessage()));
                database.close();
            } catch (RuntimeException | Error e) {
                LOG.warn("index failed", e);
                setFailure(e.toString());
                database.close();
            }
            if (closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                batch.forEach(
                        pending -> pending.answer.completeExceptionally(new CatalogUnavailableException(failure)));
                return;
            }
        }
    }

    private List<Runnable> commit(List<Pending<?>> batch) throws SQLException {
        if (database.openIfNeeded()) {
            generation.incrementAndGet();
        }
        var connection = database.connection();
        var answers = new ArrayList<Runnable>(batch.size());
        try {
            for (Pending<?> pending : batch) {
                answers.add(pending.apply(connection));
            }
            connection.commit();
            version.incrementAndGet();
            return answers;
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback();
            throw e;
        }
    }

    private void setFailure(String now) {
        if (!now.isEmpty() && failure.isEmpty()) {
            LOG.warn("index unavailable cause={}", now);
        } else if (now.isEmpty() && !failure.isEmpty()) {
            LOG.info("index available generation={}", generation.get());
        }
        failure = now;
    }
}
