package dev.aerie.ingest.rtmp;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Joins the chunks of a connection to messages (RTMP, 5.3). What is under way on all its chunk streams together is no
/// larger than the largest message, and is kept only as it comes. Not thread-safe.
final class ChunkReader {

    /// Without a message that sets it (5.4.1).
    private static final int FIRST_CHUNK_BYTES = 128;

    /// Smaller ones would cost more work than they bring.
    private static final int LEAST_CHUNK_BYTES = 64;

    private static final int MAX_CHUNK_STREAMS = 16;
    private static final int TIME_BYTES = 3;

    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private int chunkBytes = FIRST_CHUNK_BYTES;
    private int maxMessageBytes;
    private Optional<ChunkStream> current = Optional.empty();
    private int currentMissing;

    /// - `maxMessageBytes`: of the largest message that is taken
    ChunkReader(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /// Messages that begin later may be so large.
    void allow(int newMaxMessageBytes) {
        maxMessageBytes = newMaxMessageBytes;
    }

    /// The client cuts its messages in chunks of this size from the next one on.
    void setChunkBytes(int newChunkBytes) throws MalformedRtmpException {
        if (newChunkBytes < LEAST_CHUNK_BYTES) {
            throw new MalformedRtmpException(
                    "chunk size " + newChunkBytes + ", want " + LEAST_CHUNK_BYTES + " or more (RTMP, 5.4.1)");
        }
        chunkBytes = newChunkBytes;
    }

    /// The client gives up the message that is under way on this chunk stream.
    void abort(int chunkStream) {
        var aborted = streams.get(chunkStream);
        if (aborted != null) {
            aborted.drop();
        }
    }

    /// The next whole message; empty where more bytes must come first. What was used of `in` is read.
    Optional<RtmpMessage> read(ByteBuf in) throws MalformedRtmpException {
        while (current.isPresent() || readHeader(in)) {
            var stream = current.orElseThrow();
            var part = new byte[Math.min(currentMissing, in.readableBytes())];
            in.readBytes(part);
            stream.add(part);
            currentMissing -= part.length;
            if (currentMissing > 0) {
                return Optional.empty();
            }
            current = Optional.empty();
            if (stream.missingBytes() == 0) {
                return Optional.of(stream.take());
            }
        }
        return Optional.empty();
    }

    /// Begins a chunk; false, with nothing read, where its header is not whole.
    private boolean readHeader(ByteBuf in) throws MalformedRtmpException {
        int start = in.readerIndex();
        boolean whole = isWhole(in) && readWholeHeader(in);
        if (!whole) {
            in.readerIndex(start);
        }
        return whole;
    }

    /// Whether the header up to its extended time is there.
    private static boolean isWhole(ByteBuf in) {
        if (!in.isReadable()) {
            return false;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        return in.readableBytes() >= basicBytes(first) + messageHeaderBytes(first >> 6);
    }

    private static int basicBytes(int first) {
        int low = first & 0x3f;
        return low == 0 ? 2 : low == 1 ? 3 : 1;
    }

    private static int messageHeaderBytes(int format) {
        return switch (format) {
            case 0 -> 11;
            case 1 -> 7;
            case 2 -> TIME_BYTES;
            default -> 0;
        };
    }

    private boolean readWholeHeader(ByteBuf in) throws MalformedRtmpException {
        int first = in.readUnsignedByte();
        var stream = stream(chunkStreamId(in, first & 0x3f));
        int format = first >> 6;
        require(format == 0 || stream.hasHeader(), "a chunk leaves out a header that never came (RTMP, 5.3.1.2)");
        require(format == 3 || !stream.isUnderWay(), "a header in the middle of a message (RTMP, 5.3.1.2)");
        int time = format == 3 ? 0 : in.readUnsignedMedium();
        boolean extended = format == 3 ? stream.isExtended() : time == ChunkStream.EXTENDED;
        int length = format < 2 ? in.readUnsignedMedium() : stream.lengthBytes();
        int type = format < 2 ? in.readUnsignedByte() : 0;
        int streamId = format == 0 ? in.readIntLE() : 0;
        if (extended && in.readableBytes() < Integer.BYTES) {
            return false;
        }
        int whole = extended ? in.readInt() : time;
        boolean begins = !stream.isUnderWay();
        if (begins) {
            require(length <= maxMessageBytes, "a message of " + length + " bytes, allowed: " + maxMessageBytes);
        }
        stream.extended(extended);
        switch (format) {
            case 0 -> stream.header(whole, length, type, streamId);
            case 1 -> stream.header(whole, length, type);
            case 2 -> stream.step(whole);
            default -> {
                if (begins) {
                    stream.begin();
                }
            }
        }
        begin(stream);
        return true;
    }

    private static int chunkStreamId(ByteBuf in, int low) {
        return switch (low) {
            case 0 -> 64 + in.readUnsignedByte();
            case 1 -> 64 + in.readUnsignedShortLE();
            default -> low;
        };
    }

    private ChunkStream stream(int id) throws MalformedRtmpException {
        var known = streams.get(id);
        if (known != null) {
            return known;
        }
        require(streams.size() < MAX_CHUNK_STREAMS, "more than " + MAX_CHUNK_STREAMS + " chunk streams");
        var added = new ChunkStream();
        streams.put(id, added);
        return added;
    }

    private void begin(ChunkStream stream) throws MalformedRtmpException {
        currentMissing = Math.min(chunkBytes, stream.missingBytes());
        long held = 0;
        for (ChunkStream each : streams.values()) {
            held += each.receivedBytes();
        }
        require(held + currentMissing <= maxMessageBytes, "unfinished messages of over " + maxMessageBytes + " bytes");
        current = Optional.of(stream);
    }

    private static void require(boolean holds, String rule) throws MalformedRtmpException {
        if (!holds) {
            throw new MalformedRtmpException(rule);
        }
    }
}
