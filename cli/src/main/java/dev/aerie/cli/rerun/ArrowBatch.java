package dev.aerie.cli.rerun;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/// One record batch with its schema, as a stream of Arrow's inter-process communication (columnar format 1.5).
final class ArrowBatch {

    private static final int CONTINUATION = 0xffffffff;
    private static final int ALIGNMENT = 8;
    private static final int INITIAL_BYTES = 1024;

    private record Entry(String name, ArrowColumn column, boolean nullable, Map<String, String> metadata) {}

    private final List<Entry> columns = new ArrayList<>();
    private final Map<String, String> metadata;

    ArrowBatch(Map<String, String> metadata) {
        this.metadata = Map.copyOf(metadata);
    }

    ArrowBatch add(String name, ArrowColumn column, boolean nullable, Map<String, String> columnMetadata) {
        columns.add(new Entry(name, column, nullable, columnMetadata));
        return this;
    }

    byte[] toBytes() {
        var out = new ByteArrayOutputStream();
        writeMessage(out, schema(), new byte[0]);
        var body = new Body();
        columns.forEach(entry -> body.add(entry.column()));
        writeMessage(out, recordBatch(body), body.toBytes());
        out.writeBytes(little(CONTINUATION));
        out.writeBytes(little(0));
        return out.toByteArray();
    }

    private ByteBuffer schema() {
        var builder = new FlatBufferBuilder(INITIAL_BYTES);
        int[] fields = columns.stream()
                .mapToInt(entry -> entry.column().field(builder, entry.name(), entry.nullable(), entry.metadata()))
                .toArray();
        int fieldVector = Schema.createFieldsVector(builder, fields);
        int metadataVector = Schema.createCustomMetadataVector(builder, ArrowColumn.keyValues(builder, metadata));
        Schema.startSchema(builder);
        Schema.addFields(builder, fieldVector);
        Schema.addCustomMetadata(builder, metadataVector);
        return finish(builder, MessageHeader.Schema, Schema.endSchema(builder), 0);
    }

    private ByteBuffer recordBatch(Body body) {
        var builder = new FlatBufferBuilder(INITIAL_BYTES);
        RecordBatch.startBuffersVector(builder, body.buffers.size());
        for (int i = body.buffers.size() - 1; i >= 0; i--) {
            Buffer.createBuffer(
                    builder, body.offsets.get(i), body.buffers.get(i).remaining());
        }
        int buffers = builder.endVector();
        RecordBatch.startNodesVector(builder, body.nodes.size());
        for (int i = body.nodes.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(
                    builder, body.nodes.get(i).length(), body.nodes.get(i).nulls());
        }
        int nodes = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, columns.getFirst().column().length());
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, buffers);
        return finish(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), body.sizeBytes);
    }

    private static ByteBuffer finish(FlatBufferBuilder builder, byte kind, int header, long bodyBytes) {
        int message = Message.createMessage(builder, MetadataVersion.V5, kind, header, bodyBytes, 0);
        builder.finish(message);
        return builder.dataBuffer();
    }

    private static void writeMessage(ByteArrayOutputStream out, ByteBuffer message, byte[] body) {
        int padded = aligned(message.remaining());
        out.writeBytes(little(CONTINUATION));
        out.writeBytes(little(padded));
        byte[] bytes = new byte[padded];
        message.get(bytes, 0, message.remaining());
        out.writeBytes(bytes);
        out.writeBytes(body);
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /// Lengths and buffers of all columns, each in front of its children.
    static final class Body {

        private record Node(int length, int nulls) {}

        private final List<Node> nodes = new ArrayList<>();
        private final List<ByteBuffer> buffers = new ArrayList<>();
        private final List<Long> offsets = new ArrayList<>();
        private long sizeBytes;

        /// An array without nulls, which needs no buffer to tell them.
        void whole(int length) {
            nodes.add(new Node(length, 0));
            buffer(ByteBuffer.allocate(0));
        }

        /// An array of nulls alone.
        void nulls(int length) {
            nodes.add(new Node(length, length));
            buffer(ByteBuffer.allocate((length + Byte.SIZE - 1) / Byte.SIZE));
        }

        void buffer(ByteBuffer bytes) {
            buffers.add(bytes);
            offsets.add(sizeBytes);
            sizeBytes += aligned(bytes.remaining());
        }

        private void add(ArrowColumn column) {
            column.layOut(this);
            column.children().forEach(this::add);
        }

        private byte[] toBytes() {
            var all = ByteBuffer.allocate(Math.toIntExact(sizeBytes));
            for (int i = 0; i < buffers.size(); i++) {
                all.position(Math.toIntExact(offsets.get(i))).put(buffers.get(i).duplicate());
            }
            return all.array();
        }
    }
}
