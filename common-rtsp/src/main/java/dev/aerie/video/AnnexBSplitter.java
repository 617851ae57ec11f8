package dev.aerie.video;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Splits an Annex-B byte stream into NAL units, for chunks of any size. Holds the bytes of one unit only.
final class AnnexBSplitter {

    /// Called twice for each unit: when its first bytes have arrived, and when it is complete.
    interface Listener {

        /// The unit has begun; `beginning` holds the bytes so far, lent. Returns false to be called again with
        /// more bytes. A unit may end without having been accepted here.
        ///
        /// - `tag`: of the piece that ended the unit's start code
        boolean begun(NalUnit beginning, long tag) throws MalformedVideoException;

        /// The unit is whole; lent. Throws to refuse the stream.
        void ended(NalUnit whole, long tag) throws MalformedVideoException;
    }

    private static final int PIECE_BYTES = 64 << 10;
    private static final int START_CODE_BYTES = 3;

    private final Listener listener;
    private VideoCodec codec;
    private byte[] buffer = new byte[2 * PIECE_BYTES];
    private int length;
    private int scanFrom;
    private boolean inUnit;
    private boolean startAccepted;
    private long unitTag;
    private long droppedBytes;

    AnnexBSplitter(VideoCodec codec, Listener listener) {
        this.codec = codec;
        this.listener = listener;
    }

    /// From the unit that has begun on, units are of this codec.
    void use(VideoCodec codec) {
        this.codec = codec;
    }

    /// Takes the next bytes and leaves `bytes` empty; they may be megabytes.
    void push(ByteBuffer bytes, long tag, int maxUnitBytes) throws MalformedVideoException {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), PIECE_BYTES);
            reserve(count);
            bytes.get(buffer, length, count);
            length += count;
            scan(tag);
            if (length > maxUnitBytes) {
                throw new MalformedVideoException("a NAL unit is larger than " + maxUnitBytes + " bytes");
            }
        }
    }

    /// The unit ends here.
    void flush() throws MalformedVideoException {
        if (inUnit) {
            end(NalUnit.withoutZeros(buffer, 0, length));
            inUnit = false;
        }
        length = 0;
        scanFrom = 0;
    }

    /// Bytes of the unit that is not whole yet.
    int pendingBytes() {
        return length;
    }

    /// Bytes that belonged to no unit, so far.
    long droppedBytes() {
        return droppedBytes;
    }

    private void reserve(int count) {
        if (buffer.length - length < count) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
        }
    }

    /// Offset 0 is the unit's header byte, or, outside of units, bytes that may be the first two of a start code.
    private void scan(long tag) throws MalformedVideoException {
        int unitFrom = 0;
        int code = NalUnit.startCode(buffer, scanFrom, length);
        while (code >= 0) {
            if (inUnit) {
                end(unitFrom, NalUnit.withoutZeros(buffer, unitFrom, code));
            } else {
                droppedBytes += NalUnit.withoutZeros(buffer, unitFrom, code) - unitFrom;
            }
            inUnit = true;
            startAccepted = false;
            unitTag = tag;
            unitFrom = code + START_CODE_BYTES;
            code = NalUnit.startCode(buffer, unitFrom, length);
        }
        keep(unitFrom);
    }

    private void keep(int unitFrom) throws MalformedVideoException {
        int from = unitFrom;
        if (!inUnit) {
            from = Math.max(unitFrom, length - 2);
            droppedBytes += from - unitFrom;
        }
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, length - from);
            length -= from;
        }
        scanFrom = Math.max(0, length - 2);
        if (inUnit && !startAccepted && length > 0) {
            startAccepted = listener.begun(new NalUnit(codec, buffer, 0, length), unitTag);
        }
    }

    private void end(int to) throws MalformedVideoException {
        end(0, to);
    }

    private void end(int from, int to) throws MalformedVideoException {
        if (to > from) {
            if (!startAccepted) {
                boolean _ = listener.begun(new NalUnit(codec, buffer, from, to), unitTag);
            }
            listener.ended(new NalUnit(codec, buffer, from, to), unitTag);
        }
    }
}
