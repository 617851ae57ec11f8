package dev.aerie.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.testing.Eventually;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A catalog made by V1 to V4, with a row in every table that later migrations rename or read.
final class CatalogMigrationTest {

    private static final String OLD_VERSION = "4";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> ROWS = List.of(
            "INSERT INTO streams VALUES ('drone', 0, 100)",
            "INSERT INTO sessions VALUES ('drone', '01A', 'sender', 10, 100, 1)",
            """
            INSERT INTO segments VALUES ('seg', 'drone', '01A', 'drone/01A/000000000001.mp4', 1, 9, 9, 10, 100, 5000,
                'avc1.42c01e', 320, 180, 'CLOSED', 1, 'abc', 1)""",
            "INSERT INTO said (segment, bytes) VALUES ('seg', 77)",
            "INSERT INTO sightings VALUES ('seg', 0, 'person', 7, 0.5)",
            "INSERT INTO announcements (exchange, body) VALUES ('recording_events_exchange', x'7b7d')");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeOldCatalog() throws SQLException {
        file = folder.resolve("catalog.sqlite");
        String url = "jdbc:sqlite:" + file;
        Flyway.configure(CatalogMigrationTest.class.getClassLoader())
                .dataSource(url, null, null)
                .locations("classpath:dev/aerie/storage/catalog")
                .target(OLD_VERSION)
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (String row : ROWS) {
                statement.execute(row);
            }
        }
    }

    @Test
    void start_oldCatalog_keepsItsRows() throws Exception {
        try (var catalog = new Catalog(file)) {
            catalog.start();
            Eventually.holds("opened", LIMIT, () -> catalog.failure().isEmpty());
            assertThat(text(catalog, "SELECT label || ' ' || frames || ' ' || best_score FROM labels"))
                    .containsExactly("person 7 0.5");
            assertThat(text(catalog, "SELECT segment || ' ' || bytes FROM filed_messages"))
                    .containsExactly("seg 77");
            assertThat(text(catalog, "SELECT id || ' ' || exchange || ' ' || hex(body) FROM outbox"))
                    .containsExactly("1 recording_events_exchange 7B7D");
            var recordings = new Recordings(catalog);
            assertThat(recordings.between("", 0, Long.MAX_VALUE, "person", 10)).hasSize(1);
            assertThat(recordings.between("", 0, Long.MAX_VALUE, "car", 10)).isEmpty();
            assertThat(recordings.findBySession("01A")).hasValueSatisfying(recording -> {
                assertThat(recording.frames()).isEqualTo(9);
                assertThat(recording.protectedSegments()).isEqualTo(1);
            });
        }
        assertThat(Path.of(file + ".broken")).doesNotExist();
    }

    @Test
    void start_outboxOfOldCatalog_goesOnNumbering() throws Exception {
        try (var catalog = new Catalog(file)) {
            catalog.start();
            Eventually.holds("opened", LIMIT, () -> catalog.failure().isEmpty());
            int _ = catalog.change(connection -> new Sql("DELETE FROM outbox").update(connection))
                    .get();
            int _ = catalog.change(connection ->
                            new Sql("INSERT INTO outbox (exchange, body) VALUES ('e', x'00')").update(connection))
                    .get();
            assertThat(text(catalog, "SELECT id || '' FROM outbox")).containsExactly("2");
        }
    }

    private static List<String> text(Catalog catalog, String sql) throws CatalogUnavailableException {
        return catalog.query(connection -> new Sql(sql).list(connection, row -> row.getString(1)));
    }
}
