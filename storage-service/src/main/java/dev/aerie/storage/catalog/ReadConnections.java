package dev.aerie.storage.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small pool of read-only connections. Safe for any thread.
final class ReadConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReadConnections.class);
    private static final int KEPT = 4;

    private final Database database;
    private final BlockingQueue<ReadConnection> idle = new ArrayBlockingQueue<>(KEPT);

    /// - `generation`: of the file that the connection reads, see [Catalog#generation]
    private record ReadConnection(Connection connection, int generation) {
        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("reader not closed cause={}", e.getMessage());
            }
        }
    }

    ReadConnections(Database database) {
        this.database = database;
    }

    <T> T query(Catalog.Query<T> query, int generation) throws CatalogUnavailableException {
        try {
            var reader = reader(generation);
            T answer;
            try {
                answer = query.run(reader.connection());
            } catch (SQLException | RuntimeException | Error e) {
                reader.close();
                throw e;
            }
            if (!idle.offer(reader)) {
                reader.close();
            }
            return answer;
        } catch (SQLException e) {
            throw new CatalogUnavailableException("the index cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        for (var reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }

    private ReadConnection reader(int generation) throws SQLException {
        for (var reader = idle.poll(); reader != null; reader = idle.poll()) {
            if (reader.generation() == generation) {
                return reader;
            }
            reader.close();
        }
        if (generation == 0 || !database.exists()) {
            throw new SQLException("there is no index yet");
        }
        return new ReadConnection(database.connect(true), generation);
    }
}
