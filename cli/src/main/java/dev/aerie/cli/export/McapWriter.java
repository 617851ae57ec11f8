package dev.aerie.cli.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// Writes an MCAP file: indexed chunks without compression, and a summary (MCAP specification, version 0). Used by one
/// thread; the file is whole once [#close] has returned. Owns its stream.
final class McapWriter implements AutoCloseable {

    static final byte[] MAGIC = {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};

    /// Of a channel without a schema.
    static final int NO_SCHEMA = 0;

    static final int HEADER = 0x01;
    static final int FOOTER = 0x02;
    static final int SCHEMA = 0x03;
    static final int CHANNEL = 0x04;
    static final int MESSAGE = 0x05;
    static final int CHUNK = 0x06;
    static final int MESSAGE_INDEX = 0x07;
    static final int CHUNK_INDEX = 0x08;
    static final int STATISTICS = 0x0B;
    static final int SUMMARY_OFFSET = 0x0E;
    static final int DATA_END = 0x0F;

    private static final int CHUNK_BYTES = 4 << 20;
    private static final String UNCOMPRESSED = "";

    private final OutputStream out;
    private final List<McapBytes> schemas = new ArrayList<>();
    private final List<McapBytes> channels = new ArrayList<>();
    private final List<McapBytes> chunkIndexes = new ArrayList<>();
    private final SortedMap<Integer, Long> counts = new TreeMap<>();
    private final SortedMap<Integer, List<long[]>> chunkMessages = new TreeMap<>();
    private McapBytes chunk = new McapBytes();
    private long offset;
    private long chunkFirst = Long.MAX_VALUE;
    private long chunkLast;
    private long first = Long.MAX_VALUE;
    private long last;

    McapWriter(OutputStream out, String library) throws IOException {
        this.out = out;
        write(MAGIC);
        write(new McapBytes()
                .record(HEADER, new McapBytes().text("").text(library))
                .toBytes());
    }

    /// Adds a schema and returns its id, from 1.
    ///
    /// - `encoding`: `jsonschema`
    int addSchema(String name, String encoding, byte[] data) {
        int id = schemas.size() + 1;
        var content = new McapBytes().u16(id).text(name).text(encoding).prefixed(data);
        schemas.add(content);
        chunk.record(SCHEMA, content);
        return id;
    }

    /// Adds a channel and returns its id, from 1.
    ///
    /// - `schema`: its id, or [#NO_SCHEMA]
    /// - `encoding`: of the messages, `json`
    int addChannel(int schema, String topic, String encoding) {
        int id = channels.size() + 1;
        var content =
                new McapBytes().u16(id).u16(schema).text(topic).text(encoding).texts(new TreeMap<>());
        channels.add(content);
        chunk.record(CHANNEL, content);
        return id;
    }

    /// Adds a message.
    ///
    /// - `logNanos`: its place on the timeline, Unix time
    /// - `publishNanos`: when it was made, Unix time
    void add(int channel, long logNanos, long publishNanos, byte[] data) throws IOException {
        long sequence = counts.merge(channel, 1L, Long::sum) - 1;
        chunkMessages.computeIfAbsent(channel, _ -> new ArrayList<>()).add(new long[] {logNanos, chunk.size()});
        chunk.record(
                MESSAGE,
                new McapBytes()
                        .u16(channel)
                        .u32(sequence)
                        .u64(logNanos)
                        .u64(publishNanos)
                        .raw(data));
        chunkFirst = Math.min(chunkFirst, logNanos);
        chunkLast = Math.max(chunkLast, logNanos);
        if (chunk.size() >= CHUNK_BYTES) {
            endChunk();
        }
    }

    long messages() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Writes what is left and the summary, and closes the stream.
    @Override
    public void close() throws IOException {
        try (out) {
            endChunk();
            write(new McapBytes().record(DATA_END, new McapBytes().u32(0)).toBytes());
            writeSummary();
            write(MAGIC);
        }
    }

    private void endChunk() throws IOException {
        if (chunk.size() == 0) {
            return;
        }
        byte[] records = chunk.toBytes();
        long start = offset;
        long earliest = chunkMessages.isEmpty() ? 0 : chunkFirst;
        var content = new McapBytes()
                .u64(earliest)
                .u64(chunkLast)
                .u64(records.length)
                .u32(crc(records))
                .text(UNCOMPRESSED)
                .u64(records.length)
                .raw(records);
        write(new McapBytes().record(CHUNK, content).toBytes());
        long end = offset;
        var indexOffsets = writeMessageIndexes();
        chunkIndexes.add(new McapBytes()
                .u64(earliest)
                .u64(chunkLast)
                .u64(start)
                .u64(end - start)
                .byChannel(indexOffsets)
                .u64(offset - end)
                .text(UNCOMPRESSED)
                .u64(records.length)
                .u64(records.length));
        first = Math.min(first, chunkFirst);
        last = Math.max(last, chunkLast);
        chunk = new McapBytes();
        chunkMessages.clear();
        chunkFirst = Long.MAX_VALUE;
        chunkLast = 0;
    }

    private SortedMap<Integer, Long> writeMessageIndexes() throws IOException {
        var offsets = new TreeMap<Integer, Long>();
        for (var entry : chunkMessages.entrySet()) {
            offsets.put(entry.getKey(), offset);
            var places = new McapBytes();
            entry.getValue().forEach(place -> places.u64(place[0]).u64(place[1]));
            var content = new McapBytes().u16(entry.getKey()).prefixed(places.toBytes());
            write(new McapBytes().record(MESSAGE_INDEX, content).toBytes());
        }
        return offsets;
    }

    private void writeSummary() throws IOException {
        long start = offset;
        var summary = new McapBytes();
        var groups = new TreeMap<Integer, long[]>();
        addGroup(summary, groups, SCHEMA, schemas);
        addGroup(summary, groups, CHANNEL, channels);
        addGroup(summary, groups, STATISTICS, List.of(statistics()));
        addGroup(summary, groups, CHUNK_INDEX, chunkIndexes);
        long offsetsStart = start + summary.size();
        groups.forEach((opcode, group) -> summary.record(
                SUMMARY_OFFSET, new McapBytes().u8(opcode).u64(start + group[0]).u64(group[1])));
        // The check sum covers the footer up to the field in which it stands.
        summary.u8(FOOTER)
                .u64(Long.BYTES + Long.BYTES + Integer.BYTES)
                .u64(start)
                .u64(offsetsStart);
        summary.u32(crc(summary.toBytes()));
        write(summary.toBytes());
    }

    private static void addGroup(McapBytes summary, Map<Integer, long[]> groups, int opcode, List<McapBytes> records) {
        int start = summary.size();
        records.forEach(content -> summary.record(opcode, content));
        if (!records.isEmpty()) {
            groups.put(opcode, new long[] {start, summary.size() - start});
        }
    }

    private McapBytes statistics() {
        boolean isEmpty = counts.isEmpty();
        return new McapBytes()
                .u64(messages())
                .u16(schemas.size())
                .u32(channels.size())
                .u32(0)
                .u32(0)
                .u32(chunkIndexes.size())
                .u64(isEmpty ? 0 : first)
                .u64(isEmpty ? 0 : last)
                .byChannel(counts);
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        offset += bytes.length;
    }

    private static long crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
