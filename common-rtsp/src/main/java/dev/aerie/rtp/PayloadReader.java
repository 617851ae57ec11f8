package dev.aerie.rtp;

import dev.aerie.video.NalUnit;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Collects the NAL units of one access unit from RTP payloads (RFC 6184, 5.6 to 5.8) as Annex-B.
///
/// Lenient where some cameras are wrong and the meaning is clear: start codes in front of or inside NAL units (a
/// parser of Annex-B finds them), a fragment with start and end bit both set, a missing end bit, empty NAL units.
final class PayloadReader {

    private static final int START_BIT = 0x80;
    private static final int REFERENCE_BITS = 0x60;
    private static final int FORBIDDEN_AND_REFERENCE_BITS = 0xe0;
    private static final int START_CODE_BYTES = 4;
    private static final int INITIAL_BYTES = 64 << 10;
    private static final int KEPT_BYTES = 1 << 20;

    private final int maxBytes;
    private byte[] annexB = new byte[INITIAL_BYTES];
    private int length;
    private boolean inFragments;
    private boolean broken;
    private boolean sps;
    private boolean slices;
    private boolean reference;

    PayloadReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Takes one payload, lent, which begins at index 0.
    void read(ByteBuffer payload) throws MalformedPacketException {
        if (!payload.hasRemaining()) {
            return;
        }
        int type = NalUnit.typeOf(payload.get(0));
        if (type == H264PayloadType.FU_A) {
            readFragment(payload);
            return;
        }
        inFragments = false;
        if (type == H264PayloadType.STAP_A) {
            readAggregate(payload);
        } else if (type == NalUnit.ACCESS_UNIT_DELIMITER) {
            return; // RTP carries the same information, and it may come with the time of another frame.
        } else if (type < H264PayloadType.STAP_A) {
            append(payload, 0, payload.limit());
        } else {
            throw new MalformedPacketException("payload type " + type + " (RFC 6184, table 1) is not supported");
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

    boolean hasSps() {
        return sps;
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
        sps = false;
        slices = false;
        reference = false;
    }

    /// Whether a payload carries a slice or the first part of one.
    static boolean carriesSlice(ByteBuffer payload) {
        if (payload.limit() < 2) {
            return false;
        }
        boolean fragment = NalUnit.typeOf(payload.get(0)) == H264PayloadType.FU_A && (payload.get(1) & START_BIT) != 0;
        return NalUnit.isSliceType(NalUnit.typeOf(payload.get(fragment ? 1 : 0)));
    }

    /// Whether this payload begins an access unit: it starts with a delimiter or an SPS.
    static boolean opensUnit(ByteBuffer payload) {
        if (payload.limit() < 4) {
            return false;
        }
        int type = NalUnit.typeOf(payload.get(0));
        int first = type == H264PayloadType.STAP_A ? NalUnit.typeOf(payload.get(3)) : type;
        return first == NalUnit.SPS || first == NalUnit.ACCESS_UNIT_DELIMITER;
    }

    /// FU-A, a fragment of one NAL unit (5.8); indicator and header together hold the NAL unit's first byte.
    ///
    /// ```
    ///  0               1               2
    ///  0 1 2 3 4 5 6 7 0 1 2 3 4 5 6 7 0 …
    /// +-+---+---------+-+-+-+---------+-----------
    /// |F|NRI| type 28 |S|E|R| type    | fragment      S: first fragment, E: last, R: 0
    /// +-+---+---------+-+-+-+---------+-----------
    /// ```
    private void readFragment(ByteBuffer payload) throws MalformedPacketException {
        if (payload.limit() < 2) {
            throw new MalformedPacketException("FU-A of " + payload.limit() + " bytes, at least 2");
        }
        int header = payload.get(1);
        if ((header & START_BIT) != 0) {
            int nalHeader = (payload.get(0) & FORBIDDEN_AND_REFERENCE_BITS) | NalUnit.typeOf(header);
            beginNal(nalHeader, payload.limit());
            annexB[length++] = (byte) nalHeader;
            inFragments = true;
        } else if (!inFragments) {
            broken = true;
            return;
        }
        put(payload, 2, payload.limit() - 2);
    }

    /// STAP-A, several NAL units (5.7.1); zero bytes may fill the end.
    ///
    /// ```
    /// +-+---+---------+---------------+------------+---------------+------------+---
    /// |F|NRI| type 24 | size, 16 bits | NAL unit 1 | size, 16 bits | NAL unit 2 | …
    /// +-+---+---------+---------------+------------+---------------+------------+---
    /// ```
    private void readAggregate(ByteBuffer payload) throws MalformedPacketException {
        int at = 1;
        while (at + 2 <= payload.limit()) {
            int size = payload.getShort(at) & 0xffff;
            if (at + 2 + size > payload.limit()) {
                throw new MalformedPacketException("STAP-A: a NAL unit of " + size + " bytes exceeds the packet");
            }
            boolean delimiter = size > 0 && NalUnit.typeOf(payload.get(at + 2)) == NalUnit.ACCESS_UNIT_DELIMITER;
            if (size > 0 && !delimiter) {
                append(payload, at + 2, size);
            }
            at += 2 + size;
        }
    }

    /// A whole NAL unit (5.6).
    private void append(ByteBuffer payload, int from, int size) throws MalformedPacketException {
        beginNal(payload.get(from), size);
        put(payload, from, size);
    }

    private void beginNal(int header, int size) throws MalformedPacketException {
        reserve(START_CODE_BYTES + 1 + size);
        int type = NalUnit.typeOf(header);
        sps |= type == NalUnit.SPS;
        if (NalUnit.isSliceType(type)) {
            slices = true;
            reference |= (header & REFERENCE_BITS) != 0;
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
