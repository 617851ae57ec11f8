package dev.aerie.cli.rerun;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// Writes one recording of Rerun (`RRF2`): a header, messages in Protocol Buffers, chunks in Arrow behind
/// LZ4, no footer: a reader may read what is there while it grows. Used by one thread.
public final class RrdWriter implements AutoCloseable {

    /// Whose format this is.
    public static final String VERSION = "0.33.0";

    static final byte[] MAGIC = "RRF2".getBytes(StandardCharsets.US_ASCII);
    static final byte[] VERSION_BYTES = {0, 33, 0, 0};
    static final byte[] LZ4_PROTOBUF = {1, 2, 0, 0};
    static final int END = 0;
    static final int SET_STORE_INFO = 1;
    static final int ARROW_MESSAGE = 2;
    static final String SORBET_VERSION = "0.1.3";

    private static final int RECORDING = 1;
    private static final int LZ4 = 2;
    private static final int ARROW_IPC = 1;
    private static final int OTHER_SOURCE = 6;
    private static final int ID_BYTES = 16;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor(); // in Java alone
    private static final String KIND = "rerun:kind";

    private final OutputStream out;
    private final byte[] storeId;
    private final long firstNanos;
    private long ids;

    /// - `out`: owned from here on
    /// - `recording`: its id; the same one twice is one recording
    /// - `firstNanos`: Unix time of its beginning, part of the ids of rows
    public RrdWriter(OutputStream out, String recording, long firstNanos) throws IOException {
        this.out = out;
        this.firstNanos = firstNanos;
        byte[] application = message(to -> to.writeString(1, "aerie"));
        this.storeId = message(to -> {
            to.writeEnum(1, RECORDING);
            to.writeString(2, recording);
            to.writeByteArray(3, application);
        });
        out.write(MAGIC);
        out.write(VERSION_BYTES);
        out.write(LZ4_PROTOBUF);
        byte[] source = message(to -> {
            to.writeEnum(1, OTHER_SOURCE);
            to.writeByteArray(2, new byte[0]);
        });
        byte[] info = message(to -> {
            to.writeByteArray(2, storeId);
            to.writeByteArray(5, source);
        });
        byte[] rowId = tuid(++ids);
        write(SET_STORE_INFO, message(to -> {
            to.writeByteArray(1, rowId);
            to.writeByteArray(2, info);
        }));
    }

    /// Rows of one entity: the same components in each, on the timelines `frame` and `capture_time`, or none
    /// (for all times).
    static final class Chunk {

        private final String entity;
        private final ArrowColumn.Numbers frames = ArrowColumn.signed64();
        private final ArrowColumn.Numbers times = ArrowColumn.timesNanos();
        private final List<Component> components = new ArrayList<>();
        private int rows;

        private record Component(String archetype, String name, String type, ArrowColumn column) {}

        /// - `entity`: its path, `/drone/video`
        Chunk(String entity) {
            this.entity = entity;
        }

        /// A component of `rerun.archetypes.ARCHETYPE`; `column` has one value for each row.
        <C extends ArrowColumn> ArrowColumn.Lists<C> component(
                String archetype, String field, String type, ArrowColumn.Lists<C> column) {
            components.add(new Component(
                    "rerun.archetypes." + archetype, archetype + ":" + field, "rerun.components." + type, column));
            return column;
        }

        /// The components of one row are complete.
        void row(long frame, long captureNanos) {
            frames.add(frame);
            times.add(captureNanos);
            rows++;
        }

        /// As [#row], for all times.
        void staticRow() {
            rows++;
        }

        int rows() {
            return rows;
        }

        private boolean isStatic() {
            return times.length() == 0;
        }
    }

    /// Writes rows; nothing for none.
    void write(Chunk chunk) throws IOException {
        if (chunk.rows == 0) {
            return;
        }
        long chunkId = ++ids;
        var batch = new ArrowBatch(Map.of(
                "sorbet:version",
                SORBET_VERSION,
                "rerun:id",
                String.format(Locale.ROOT, "%016X%016x", firstNanos, chunkId),
                "rerun:entity_path",
                chunk.entity));
        var rowIds = ArrowColumn.binary(ID_BYTES);
        for (int i = 0; i < chunk.rows; i++) {
            rowIds.addAll(ByteBuffer.allocate(ID_BYTES)
                    .putLong(firstNanos)
                    .putLong(++ids)
                    .array());
        }
        batch.add(
                "rerun.controls.RowId",
                rowIds,
                false,
                Map.of(
                        KIND,
                        "control",
                        "ARROW:extension:name",
                        "rerun.datatypes.TUID",
                        "ARROW:extension:metadata",
                        "{\"namespace\":\"row\"}",
                        "rerun:is_sorted",
                        "true"));
        if (!chunk.isStatic()) {
            batch.add("frame", chunk.frames, true, Map.of(KIND, "index", "rerun:index_name", "frame"));
            batch.add("capture_time", chunk.times, true, Map.of(KIND, "index", "rerun:index_name", "capture_time"));
        }
        for (Chunk.Component component : chunk.components) {
            batch.add(
                    component.name(),
                    component.column(),
                    true,
                    Map.of(
                            KIND,
                            "data",
                            "rerun:archetype",
                            component.archetype(),
                            "rerun:component",
                            component.name(),
                            "rerun:component_type",
                            component.type()));
        }
        byte[] bytes = batch.toBytes();
        byte[] payload = COMPRESSOR.compress(bytes);
        byte[] id = tuid(chunkId);
        write(ARROW_MESSAGE, message(to -> {
            to.writeByteArray(1, storeId);
            to.writeEnum(2, LZ4);
            to.writeUInt64(3, bytes.length);
            to.writeEnum(4, ARROW_IPC);
            to.writeByteArray(5, payload);
            to.writeByteArray(6, id);
            to.writeBool(7, chunk.isStatic());
        }));
    }

    @Override
    public void close() throws IOException {
        try (out) {
            write(END, new byte[0]);
        }
    }

    private void write(int kind, byte[] content) throws IOException {
        out.write(ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(kind)
                .putLong(content.length)
                .array());
        out.write(content);
    }

    private byte[] tuid(long id) throws IOException {
        return message(to -> {
            to.writeFixed64(1, firstNanos);
            to.writeFixed64(2, id);
        });
    }

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream to) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var to = CodedOutputStream.newInstance(bytes);
        fields.write(to);
        to.flush();
        return bytes.toByteArray();
    }
}
