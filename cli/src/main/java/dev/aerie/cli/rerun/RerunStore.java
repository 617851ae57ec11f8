package dev.aerie.cli.rerun;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// Makes the messages of one recording of Rerun: its beginning, then chunks in Arrow behind LZ4. Used by one thread.
public final class RerunStore {

    static final String SORBET_VERSION = "0.1.3";

    private static final int RECORDING = 1;
    private static final int LZ4 = 2;
    private static final int ARROW_IPC = 1;
    private static final int OTHER_SOURCE = 6;
    private static final int ID_BYTES = 16;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor(); // in Java alone
    private static final String KIND = "rerun:kind";

    private final LogSink sink;
    private final ByteString storeId;
    private final long firstNanos;
    private long ids;

    /// Begins the recording.
    ///
    /// - `sink`: lent
    /// - `recording`: its id; the same one twice is one recording
    /// - `firstNanos`: Unix time of its beginning, part of the ids of rows
    public RerunStore(LogSink sink, String recording, long firstNanos) throws IOException {
        this.sink = sink;
        this.firstNanos = firstNanos;
        ByteString application = message(to -> to.writeString(1, "aerie"));
        this.storeId = message(to -> {
            to.writeEnum(1, RECORDING);
            to.writeString(2, recording);
            to.writeBytes(3, application);
        });
        ByteString source = message(to -> {
            to.writeEnum(1, OTHER_SOURCE);
            to.writeBytes(2, ByteString.EMPTY);
        });
        ByteString info = message(to -> {
            to.writeBytes(2, storeId);
            to.writeBytes(5, source);
        });
        ByteString rowId = tuid(++ids);
        ByteString beginning = message(to -> {
            to.writeBytes(1, rowId);
            to.writeBytes(2, info);
        });
        sink.accept(new LogMessage(LogMessage.STORE_INFO, beginning, ""));
    }

    /// Sends rows; nothing for none.
    void write(Chunk chunk) throws IOException {
        if (chunk.rows() == 0) {
            return;
        }
        long chunkId = ++ids;
        byte[] bytes = batch(chunk, chunkId).toBytes();
        byte[] payload = COMPRESSOR.compress(bytes);
        ByteString id = tuid(chunkId);
        ByteString content = message(to -> {
            to.writeBytes(1, storeId);
            to.writeEnum(2, LZ4);
            to.writeUInt64(3, bytes.length);
            to.writeEnum(4, ARROW_IPC);
            to.writeByteArray(5, payload);
            to.writeBytes(6, id);
            to.writeBool(7, chunk.isStatic());
        });
        sink.accept(new LogMessage(LogMessage.ARROW, content, chunk.lasting()));
    }

    private ArrowBatch batch(Chunk chunk, long chunkId) {
        var batch = new ArrowBatch(Map.of(
                "sorbet:version",
                SORBET_VERSION,
                "rerun:id",
                String.format(Locale.ROOT, "%016X%016x", firstNanos, chunkId),
                "rerun:entity_path",
                chunk.entity()));
        var rowIds = ArrowColumn.binary(ID_BYTES);
        for (int i = 0; i < chunk.rows(); i++) {
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
            batch.add("frame", chunk.frames(), true, index("frame"));
            batch.add("capture_time", chunk.times(), true, index("capture_time"));
        }
        for (Chunk.Component component : chunk.components()) {
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
        return batch;
    }

    private static Map<String, String> index(String timeline) {
        return Map.of(KIND, "index", "rerun:index_name", timeline);
    }

    private ByteString tuid(long id) throws IOException {
        return message(to -> {
            to.writeFixed64(1, firstNanos);
            to.writeFixed64(2, id);
        });
    }

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream to) throws IOException;
    }

    private static ByteString message(Fields fields) throws IOException {
        var bytes = ByteString.newOutput();
        var to = CodedOutputStream.newInstance(bytes);
        fields.write(to);
        to.flush();
        return bytes.toByteString();
    }
}
