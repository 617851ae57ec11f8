package dev.aerie.storage.catalog;

import dev.aerie.video.FrameSize;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The closed segments and the frames in them. Segments being written are in [OpenSegments].
public final class Segments {

    private static final Sql INSERT = new Sql("""
            INSERT INTO segments (id, stream, session, path, first_frame, last_frame, frames, start_ns, end_ns, bytes,
                codec, width, height, state, is_protected, sha256, serial)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                (SELECT coalesce(max(serial), 0) + 1 FROM segments))
            ON CONFLICT DO NOTHING""");
    private static final Sql INSERT_FRAMES = new Sql("INSERT INTO frame_indexes (segment, frames) VALUES (?, ?)");
    private static final Sql SET_STATE = new Sql("UPDATE segments SET state = ? WHERE id = ?");
    private static final Sql PROTECT = new Sql("UPDATE segments SET is_protected = ? WHERE id = ?");
    private static final Sql DELETE = new Sql("DELETE FROM segments WHERE id = ?");
    private static final String SELECT = """
            SELECT id, stream, session, path, first_frame, last_frame, frames, start_ns, end_ns, bytes,
                codec, width, height, state, is_protected, sha256
            FROM segments
            """;
    private static final Sql BY_ID = new Sql(SELECT + "WHERE id = ?");
    private static final Sql BY_PATH = new Sql(SELECT + "WHERE path = ?");
    private static final Sql BY_SESSION = new Sql(SELECT + "WHERE stream = ? AND session = ? ORDER BY first_frame");
    private static final Sql BY_TIME = new Sql(SELECT + """
            WHERE (? = '' OR stream = ?) AND start_ns < ? AND end_ns > ? ORDER BY start_ns LIMIT ?""");
    private static final Sql BY_LAST_FRAME =
            new Sql(SELECT + "WHERE stream = ? AND session = ? AND last_frame = ? LIMIT 1");
    private static final Sql ALL = new Sql(SELECT + "ORDER BY start_ns");
    private static final Sql FRAMES = new Sql("SELECT frames FROM frame_indexes WHERE segment = ?");
    private static final Sql LAST_FRAME =
            new Sql("SELECT max(last_frame), count(*) FROM segments WHERE stream = ? AND session = ?");

    private final Catalog catalog;

    public Segments(Catalog catalog) {
        this.catalog = catalog;
    }

    /// To be called within a [Catalog.Change]: enters a closed segment, whose session must exist:
    /// [Recordings#extend]. Returns whether the segment was new.
    public static boolean enter(Connection connection, Segment segment, FrameIndex frames) throws SQLException {
        int entered = INSERT.update(
                connection,
                segment.id(),
                segment.stream(),
                segment.session(),
                segment.path(),
                segment.firstFrame(),
                segment.lastFrame(),
                segment.frames(),
                segment.startNanos(),
                segment.endNanos(),
                segment.bytes(),
                segment.codec(),
                segment.size().widthPixels(),
                segment.size().heightPixels(),
                segment.state().name(),
                segment.isProtected() ? 1 : 0,
                segment.sha256());
        if (entered > 0) {
            INSERT_FRAMES.update(connection, segment.id(), frames.toBytes());
        }
        return entered > 0;
    }

    /// Within a [Catalog.Change]: returns whether there is such a segment.
    public static boolean setState(Connection connection, String id, Segment.State state) throws SQLException {
        return SET_STATE.update(connection, state.name(), id) > 0;
    }

    /// Within a [Catalog.Change]: returns whether there is such a segment.
    public static boolean protect(Connection connection, String id, boolean isProtected) throws SQLException {
        return PROTECT.update(connection, isProtected ? 1 : 0, id) > 0;
    }

    /// To be called within a [Catalog.Change]: deletes a segment and its frame index; the caller deletes the file
    /// before. Returns whether the segment existed.
    public static boolean forget(Connection connection, String id) throws SQLException {
        return DELETE.update(connection, id) > 0;
    }

    public Optional<Segment> find(String id) throws CatalogUnavailableException {
        return catalog.query(connection -> BY_ID.list(connection, Segments::segment, id)).stream()
                .findFirst();
    }

    /// Finds a segment by its path relative to the archive's root.
    public Optional<Segment> findByPath(String path) throws CatalogUnavailableException {
        return catalog.query(connection -> BY_PATH.list(connection, Segments::segment, path)).stream()
                .findFirst();
    }

    /// The segments of one recording, by frame number.
    public List<Segment> of(String stream, String session) throws CatalogUnavailableException {
        return catalog.query(connection -> BY_SESSION.list(connection, Segments::segment, stream, session));
    }

    /// The segment of a recording that ends with a frame.
    public Optional<Segment> endingWith(String stream, String session, long lastFrame)
            throws CatalogUnavailableException {
        return catalog
                .query(connection -> BY_LAST_FRAME.list(connection, Segments::segment, stream, session, lastFrame))
                .stream()
                .findFirst();
    }

    /// Segments with frames captured from `fromNanos` to `toNanos`, oldest first.
    ///
    /// - `stream`: empty for all
    public List<Segment> between(String stream, long fromNanos, long toNanos, int limit)
            throws CatalogUnavailableException {
        return catalog.query(
                connection -> BY_TIME.list(connection, Segments::segment, stream, stream, toNanos, fromNanos, limit));
    }

    /// All segments, oldest first.
    public List<Segment> all() throws CatalogUnavailableException {
        return catalog.query(connection -> ALL.list(connection, Segments::segment));
    }

    /// The frames of a closed segment; empty if there is no such segment.
    public Optional<FrameIndex> frames(String id) throws CatalogUnavailableException {
        return catalog.query(connection -> FRAMES.list(connection, row -> row.getBytes(1), id)).stream()
                .findFirst()
                .map(FrameIndex::ofBytes);
    }

    /// The newest frame of a session in any closed segment.
    public OptionalLong lastFrame(String stream, String session) throws CatalogUnavailableException {
        return catalog.query(connection -> LAST_FRAME
                .list(
                        connection,
                        row -> row.getLong(2) == 0 ? OptionalLong.empty() : OptionalLong.of(row.getLong(1)),
                        stream,
                        session)
                .getFirst());
    }

    private static Segment segment(ResultSet row) throws SQLException {
        return new Segment(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getString(11),
                new FrameSize(row.getInt(12), row.getInt(13)),
                Segment.State.valueOf(row.getString(14)),
                row.getInt(15) != 0,
                row.getString(16));
    }
}
