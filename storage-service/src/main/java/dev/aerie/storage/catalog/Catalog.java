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

/// The index in SQLite: one thread makes all changes, in the order in which they were asked for; readers have
/// connections of their own.
///
/// A change whose disk is away is tried again until it is made; what waits meanwhile is bounded. A file that was
/// removed, or is broken, is replaced by an empty index: see [#generation]. Owns its thread until [#close].
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

    /// What is done to the index within one transaction. It may be run again after a failure of the disk.
    public interface Change<T extends @Nullable Object> {
        T apply(Connection connection) throws SQLException;
    }

    /// What is asked of the index.
    public interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /// - `file`: made if there is none, once its folder is there
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

    /// Makes a change some time soon; the answer is complete once it is committed. It fails with
    /// [CatalogUnavailableException] where too many wait or the catalog is closed, with [SQLException] where the
    /// change breaks a rule of the schema, with whatever else the change throws: that undoes it and no other.
    public <T extends @Nullable Object> CompletableFuture<T> change(Change<T> change) {
        var pending = new Pending<>(change);
        if (closing.getCount() == 0 || !waiting.offer(pending)) {
            refused.incrementAndGet();
            pending.answer.completeExceptionally(new CatalogUnavailableException(failure));
        }
        return pending.answer;
    }

    /// Asks on the calling thread, beside the one that makes changes.
    public <T> T query(Query<T> query) throws CatalogUnavailableException {
        return readers.query(query, generation.get());
    }

    /// Rises each time that the file is opened: after a rise the index may have been made anew.
    public int generation() {
        return generation.get();
    }

    /// Rises whenever the index may have changed: what was read at one version is true as long as it is the same.
    long version() {
        return version.get();
    }

    /// Why changes are not made now; empty if they are.
    public String failure() {
        return failure;
    }

    /// Changes that wait to be made.
    public int backlog() {
        return waiting.size();
    }

    /// Changes that were not taken since the start.
    public long refused() {
        return refused.get();
    }

    /// Changes that failed by themselves since the start; nothing of them was kept.
    public long failed() {
        return failed.get();
    }

    /// Makes what waits, as far as that takes no more than a few seconds.
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

        /// Makes the change inside the open transaction; returns what is to be said once that is committed.
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

    /// The writer thread.
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
