package dev.aerie.storage.catalog;

import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Messages about changes of the archive: written with the change, published afterwards until the broker has confirmed
/// them. One that was confirmed just before a crash goes out a second time.
public final class Announcements {

    private static final Sql INSERT = new Sql("INSERT INTO announcements (exchange, body) VALUES (?, ?)");
    private static final Sql AFTER =
            new Sql("SELECT id, exchange, body FROM announcements WHERE id > ? ORDER BY id LIMIT 500");
    private static final Sql DELETE = new Sql("DELETE FROM announcements WHERE id <= ?");

    private final Catalog catalog;
    private final AnnouncementSender announcementSender;
    private long offered;
    private long settled;
    private int generation;
    private long versionWithout = -1;

    /// - `outlet`: used by nobody else, for what it has confirmed is taken for announced
    public Announcements(Catalog catalog, AnnouncementSender announcementSender) {
        this.catalog = catalog;
        this.announcementSender = announcementSender;
    }

    /// Within a [Catalog.Change]: the message goes out once the change is made.
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

    /// Publishes what waits and forgets what was confirmed; called again and again, by one thread.
    public void carryOn() throws CatalogUnavailableException, InterruptedException {
        if (generation != catalog.generation()) {
            generation = catalog.generation();
            offered = 0;
            settled = 0;
            versionWithout = -1;
        }
        if (catalog.version() != versionWithout) {
            offer();
        }
        if (offered > settled && announcementSender.awaitConfirmed(Duration.ZERO)) {
            long confirmed = offered;
            settled = confirmed;
            var _ = catalog.change(connection -> DELETE.update(connection, confirmed));
        }
    }

    /// Offers what waits, and remembers when that was all.
    private void offer() throws CatalogUnavailableException {
        long version = catalog.version();
        var rows = waiting();
        for (Row row : rows) {
            if (!announcementSender.offer(row.exchange, row.body)) {
                return;
            }
            offered = row.id;
        }
        if (rows.isEmpty()) {
            versionWithout = version;
        }
    }

    private List<Row> waiting() throws CatalogUnavailableException {
        return catalog.ask(connection -> AFTER.list(connection, Row::new, offered));
    }
}
