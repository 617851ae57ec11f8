package dev.aerie.cli.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads files of Rerun as its decoder does: header, messages.
public final class RrdReader {

    private static final int HEADER_BYTES = 12;

    private RrdReader() {}

    /// - `kind`: the number in front of a message
    public record Item(long kind, ByteString content) {}

    /// The whole messages of a file, which may be cut off.
    public static List<Item> items(byte[] file) {
        assertThat(file).startsWith('R', 'R', 'F', '2', 0, 33, 0, 0, 1, 2, 0, 0);
        var all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(HEADER_BYTES);
        var items = new ArrayList<Item>();
        while (all.remaining() >= 2 * Long.BYTES) {
            long kind = all.getLong();
            long length = all.getLong();
            if (length > all.remaining()) {
                break;
            }
            byte[] content = new byte[(int) length];
            all.get(content);
            items.add(new Item(kind, ByteString.copyFrom(content)));
        }
        return items;
    }

    /// The chunks of a whole file, by entity.
    static Map<String, List<ReadChunk>> chunks(byte[] file) throws IOException {
        var chunks = new HashMap<String, List<ReadChunk>>();
        List<Item> items = items(file);
        for (Item item : items) {
            if (item.kind() == LogMessage.ARROW) {
                ReadChunk chunk = ReadChunk.of(item.content());
                chunks.computeIfAbsent(chunk.entity(), _ -> new ArrayList<>()).add(chunk);
            }
        }
        assertThat(items.getFirst().kind()).isEqualTo(LogMessage.STORE_INFO);
        assertThat(items.getLast().kind()).isEqualTo(RrdWriter.END);
        return chunks;
    }
}
