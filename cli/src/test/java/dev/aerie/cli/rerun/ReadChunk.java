package dev.aerie.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Factory;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/// A chunk as Rerun's decoder reads it: the schema's metadata and fields, where each buffer of the body is.
public record ReadChunk(Map<String, String> metadata, Schema schema, RecordBatch batch, ByteBuffer body) {

    public String entity() {
        return metadata.getOrDefault("rerun:entity_path", "");
    }

    public List<String> columns() {
        var names = new ArrayList<String>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            names.add(schema.fields(i).name());
        }
        return names;
    }

    Field field(String name) {
        return schema.fields(columns().indexOf(name));
    }

    public ByteBuffer buffer(int index) {
        var place = batch.buffers(index);
        return body.slice((int) place.offset(), (int) place.length()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// - `message`: an `ArrowMsg`
    public static ReadChunk of(ByteString message) throws IOException {
        var from = message.newCodedInput();
        long size = 0;
        byte[] payload = {};
        for (int tag = from.readTag(); tag != 0; tag = from.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 3 -> size = from.readUInt64();
                case 5 -> payload = from.readByteArray();
                default -> from.skipField(tag);
            }
        }
        byte[] ipc = new byte[(int) size];
        LZ4Factory.safeInstance().safeDecompressor().decompress(payload, 0, payload.length, ipc, 0);
        var stream = ByteBuffer.wrap(ipc).order(ByteOrder.LITTLE_ENDIAN);
        var schema = (Schema) message(stream).header(new Schema());
        Message record = message(stream);
        var batch = (RecordBatch) record.header(new RecordBatch());
        ByteBuffer body = stream.slice(stream.position(), (int) record.bodyLength());
        stream.position(stream.position() + (int) record.bodyLength());
        assertThat(stream.getInt()).isEqualTo(-1);
        assertThat(stream.getInt()).isZero();
        assertThat(stream.hasRemaining()).isFalse();
        var metadata = new HashMap<String, String>();
        for (int i = 0; i < schema.customMetadataLength(); i++) {
            KeyValue entry = schema.customMetadata(i);
            metadata.put(entry.key(), entry.value());
        }
        return new ReadChunk(metadata, schema, batch, body);
    }

    private static Message message(ByteBuffer stream) {
        assertThat(stream.getInt()).isEqualTo(-1);
        int length = stream.getInt();
        assertThat(length % 8).isZero();
        Message message = Message.getRootAsMessage(stream.slice(stream.position(), length));
        stream.position(stream.position() + length);
        return message;
    }

    static Map<String, String> metadata(Field field) {
        var metadata = new HashMap<String, String>();
        for (int i = 0; i < field.customMetadataLength(); i++) {
            metadata.put(field.customMetadata(i).key(), field.customMetadata(i).value());
        }
        return metadata;
    }
}
