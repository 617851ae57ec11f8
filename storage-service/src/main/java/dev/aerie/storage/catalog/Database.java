package dev.aerie.storage.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The file of the index and the only connection that changes it. Used by one thread, except [#connect], which any
/// thread may call.
class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String MIGRATIONS = "classpath:dev/aerie/storage/catalog";
    private static final int BUSY_MILLIS = 5_000;

    private final Path file;
    private @Nullable Connection connection;
    private @Nullable Object openedKey;

    Database(Path file) {
        this.file = file;
    }

    /// Whether the disk caused a failure, so that the same statement may succeed later; otherwise the statement is
    /// wrong.
    static boolean isTransient(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return false; // the driver refuses the statement by itself
        }
        return switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)) {
            case SQLITE_CONSTRAINT, SQLITE_ERROR, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_TOOBIG, SQLITE_MISUSE -> false;
            default -> true;
        };
    }

    /// Opens the file unless it is open and still in its place; returns whether it was opened now.
    boolean openIfNeeded() throws SQLException {
        if (connection != null && Objects.equals(openedKey, key())) {
            return false;
        }
        close();
        if (!Files.isDirectory(Objects.requireNonNull(file.getParent()))) {
            throw new SQLException("the archive's folder does not exist");
        }
        try {
            migrate();
        } catch (SQLException e) {
            if (!isBroken(e)) {
                throw e;
            }
            setAside(e);
            migrate();
        }
        connection = connect(false);
        openedKey = key();
        return true;
    }

    /// The open connection for changes, within a transaction.
    Connection connection() {
        return Objects.requireNonNull(connection, "opened");
    }

    /// A new connection, which the caller closes.
    ///
    /// - `readOnly`: refuses changes; each statement sees the data committed so far
    Connection connect(boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        var opened = config.createConnection(url());
        try (var statement = opened.createStatement()) {
            statement.execute("PRAGMA query_only = " + readOnly);
            opened.setAutoCommit(readOnly);
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.debug("index not closed cause={}", e.getMessage());
        } finally {
            connection = null;
        }
    }

    private void migrate() throws SQLException {
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(url(), null, null)
                    .locations(MIGRATIONS)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    throw sql;
                }
            }
            throw new SQLException("the index cannot be migrated to the current schema: " + e.getMessage(), e);
        }
    }

    private static boolean isBroken(SQLException e) {
        return e instanceof SQLiteException sqlite
                && switch (sqlite.getResultCode()) {
                    case SQLITE_NOTADB, SQLITE_CORRUPT -> true;
                    default -> false;
                };
    }

    /// Sets the broken file aside for inspection; the index is rebuilt from the segment files.
    private void setAside(SQLException cause) throws SQLException {
        LOG.error("index broken, made anew cause={}", cause.getMessage());
        try {
            Files.move(file, Path.of(file + ".broken"), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(Path.of(file + "-wal"));
            Files.deleteIfExists(Path.of(file + "-shm"));
        } catch (IOException e) {
            throw new SQLException("the broken index cannot be set aside", e);
        }
    }

    private @Nullable Object key() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException _) {
            return null;
        }
    }

    private String url() {
        return "jdbc:sqlite:" + file;
    }
}
