package dev.aerie.rtp;

import dev.aerie.video.NalKind;
import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Collects the NAL units of one access unit from RTP payloads ([RtpPayloadFormat]) as Annex-B.
///
/// Lenient where some cameras are wrong and the meaning is clear: start codes in front of or inside NAL units (a
/// parser of Annex-B finds them), a fragment with start and end bit both set, a missing end bit, empty NAL units.
final class PayloadReader {

    private static final int START_CODE_BYTES = 4;
    private static final int INITIAL_BYTES = 64 << 10;
    private static final int KEPT_BYTES = 1 << 20;

    private final RtpPayloadFormat format;
    private final VideoCodec codec;
    private final int maxBytes;
    private byte[] annexB = new byte[INITIAL_BYTES];
    private int length;
    private boolean inFragments;
    private boolean broken;
    private boolean parameterSets;
    private boolean slices;
    private boolean reference;

    PayloadReader(RtpPayloadFormat format, int maxBytes) {
        this.format = format;
        this.codec = format.codec();
        this.maxBytes = maxBytes;
    }

    /// Takes one payload, lent, which begins at index 0.
    void read(ByteBuffer payload) throws MalformedPacketException {
        if (!payload.hasRemaining()) {
            return;
        }
        if (payload.limit() < codec.headerBytes()) {
            throw new MalformedPacketException("payload of " + payload.limit() + " bytes, which is less than a header");
        }
        int header = header(payload, 0);
        if (format.isFragment(header)) {
            readFragment(payload, header);
            return;
        }
        inFragments = false;
        if (format.isAggregate(header)) {
            readAggregate(payload);
        } else if (codec.kindOf(header) == NalKind.DELIMITER) {
            return; // RTP carries the same information, and it may come with the time of another frame.
        } else if (format.isWhole(header)) {
            append(payload, 0, payload.limit());
        } else {
            throw new MalformedPacketException(
                    "payload type " + codec.typeOf(header) + " (" + format.standard() + ") is not supported");
        }
    }

    /// The NAL units so far; lent until [#clear].
    ByteBuffer annexB() {
        return ByteBuffer.wrap(annexB, 0, length);
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// A fragment's beginning is missing.
    boolean isBroken() {
        return broken;
    }

    boolean hasParameterSets() {
        return parameterSets;
    }

    boolean hasSlice() {
        return slices;
    }

    /// Whether other frames may refer to this one, as far as is known: true before its first slice.
    boolean isReference() {
        return reference || !slices;
    }

    void clear() {
        length = 0;
        if (annexB.length > KEPT_BYTES) {
            annexB = new byte[KEPT_BYTES];
        }
        inFragments = false;
        broken = false;
        parameterSets = false;
        slices = false;
        reference = false;
    }

    /// Whether a payload carries a slice or the first part of one.
    boolean carriesSlice(ByteBuffer payload) {
        if (payload.limit() < format.fragmentHeadBytes()) {
            return false;
        }
        int header = header(payload, 0);
        if (!format.isFragment(header)) {
            return codec.kindOf(header).isSlice();
        }
        int fragment = payload.get(codec.headerBytes());
        return (fragment & RtpPayloadFormat.FIRST) != 0
                && codec.kindOf(format.nalHeader(header, fragment)).isSlice();
    }

    /// Whether this payload begins an access unit: it starts with a delimiter, a VPS or an SPS.
    boolean opensUnit(ByteBuffer payload) {
        int behindSize = codec.headerBytes() + Short.BYTES;
        if (payload.limit() < behindSize + codec.headerBytes()) {
            return false;
        }
        int header = header(payload, 0);
        int first = format.isAggregate(header) ? header(payload, behindSize) : header;
        return switch (codec.kindOf(first)) {
            case DELIMITER, VPS, SPS -> true;
            default -> false;
        };
    }

    /// A fragment of one NAL unit, whose header the payload's and the fragment's hold together.
    private void readFragment(ByteBuffer payload, int header) throws MalformedPacketException {
        int head = format.fragmentHeadBytes();
        if (payload.limit() < head) {
            throw new MalformedPacketException("fragment of " + payload.limit() + " bytes, at least " + head);
        }
        int fragment = payload.get(head - 1);
        if ((fragment & RtpPayloadFormat.FIRST) != 0) {
            int nalHeader = format.nalHeader(header, fragment);
            beginNal(nalHeader, payload.limit());
            for (int i = codec.headerBytes() - 1; i >= 0; i--) {
                annexB[length++] = (byte) (nalHeader >>> (8 * i));
            }
            inFragments = true;
        } else if (!inFragments) {
            broken = true;
            return;
        }
        put(payload, head, payload.limit() - head);
    }

    /// Several NAL units; zero bytes may fill the end.
    private void readAggregate(ByteBuffer payload) throws MalformedPacketException {
        int at = codec.headerBytes();
        while (at + Short.BYTES <= payload.limit()) {
            int size = payload.getShort(at) & 0xffff;
            at += Short.BYTES;
            if (at + size > payload.limit()) {
                throw new MalformedPacketException(
                        "aggregate: a NAL unit of " + size + " bytes exceeds the packet (" + format.standard() + ")");
            }
            boolean isUnit = size >= codec.headerBytes();
            if (isUnit && codec.kindOf(header(payload, at)) != NalKind.DELIMITER) {
                append(payload, at, size);
            }
            at += size;
        }
    }

    /// A whole NAL unit.
    private void append(ByteBuffer payload, int from, int size) throws MalformedPacketException {
        beginNal(header(payload, from), size);
        put(payload, from, size);
    }

    private int header(ByteBuffer payload, int at) {
        return codec.headerBytes() == 1 ? payload.get(at) & 0xff : payload.getShort(at) & 0xffff;
    }

    private void beginNal(int header, int size) throws MalformedPacketException {
        reserve(START_CODE_BYTES + codec.headerBytes() + size);
        var kind = codec.kindOf(header);
        parameterSets |= kind == NalKind.SPS;
        if (kind.isSlice()) {
            slices = true;
            reference |= codec.isReference(header);
        }
        annexB[length++] = 0;
        annexB[length++] = 0;
        annexB[length++] = 0;
        annexB[length++] = 1;
    }

    private void put(ByteBuffer payload, int from, int size) throws MalformedPacketException {
        reserve(size);
        payload.get(from, annexB, length, size);
        length += size;
    }

    private void reserve(int more) throws MalformedPacketException {
        if (length + more > maxBytes) {
            throw new MalformedPacketException("an access unit is larger than " + maxBytes + " bytes");
        }
        if (length + more > annexB.length) {
            annexB = Arrays.copyOf(annexB, Math.max(2 * annexB.length, length + more));
        }
    }
}
