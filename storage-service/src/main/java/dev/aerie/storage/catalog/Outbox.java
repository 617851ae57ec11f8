package dev.aerie.storage.catalog;

import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Stores messages about changes of the archive: each is written in the transaction of its change and published
/// afterwards until the broker has confirmed it. A message that was confirmed just before a crash is sent twice.
public final class Outbox {

    private static final Sql INSERT = new Sql("INSERT INTO outbox (exchange, body) VALUES (?, ?)");
    private static final Sql AFTER =
            new Sql("SELECT id, exchange, body FROM outbox WHERE id > ? ORDER BY id LIMIT 500");
    private static final Sql DELETE = new Sql("DELETE FROM outbox WHERE id <= ?");

    private final Catalog catalog;
    private final OutboxSender sender;
    private long offeredUpTo;
    private long confirmedUpTo;
    private int generation;
    private long versionWithout = -1;

    /// - `outlet`: used by nobody else, because this class deletes the messages that it confirms
    public Outbox(Catalog catalog, OutboxSender sender) {
        this.catalog = catalog;
        this.sender = sender;
    }

    /// To be called within a [Catalog.Change]: the message is sent after the change is committed.
    public static void add(Connection connection, Message message) throws SQLException {
        INSERT.update(connection, MessageType.of(message.getClass()).exchange(), Messages.write(message));
    }

    private static final class Row {
        private final long id;
        private final String exchange;
        private final byte[] body;

        Row(ResultSet row) throws SQLException {
            id = row.getLong(1);
            exchange = row.getString(2);
            body = row.getBytes(3);
        }
    }

    /// Publishes waiting messages and deletes confirmed ones; called repeatedly by one thread.
    public void sendPending() throws CatalogUnavailableException, InterruptedException {
        if (generation != catalog.generation()) {
            generation = catalog.generation();
            offeredUpTo = 0;
            confirmedUpTo = 0;
            versionWithout = -1;
        }
        if (catalog.version() != versionWithout) {
            offer();
        }
        if (offeredUpTo > confirmedUpTo && sender.awaitConfirmed(Duration.ZERO)) {
            long confirmed = offeredUpTo;
            confirmedUpTo = confirmed;
            var _ = catalog.change(connection -> DELETE.update(connection, confirmed));
        }
    }

    /// Offers the waiting messages; remembers if all of them were accepted.
    private void offer() throws CatalogUnavailableException {
        long version = catalog.version();
        var rows = waiting();
        for (Row row : rows) {
            if (!sender.offer(row.exchange, row.body)) {
                return;
            }
            offeredUpTo = row.id;
        }
        if (rows.isEmpty()) {
            versionWithout = version;
        }
    }

    private List<Row> waiting() throws CatalogUnavailableException {
        return catalog.query(connection -> AFTER.list(connection, Row::new, offeredUpTo));
    }
}
