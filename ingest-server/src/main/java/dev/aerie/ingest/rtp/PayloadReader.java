package dev.aerie.ingest.rtp;

import dev.aerie.video.NalUnit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/// Collects the NAL units of one access unit from RTP payloads (RFC 6184, 5.6 to 5.8) as Annex-B.
///
/// Lenient where some cameras are wrong and the meaning is clear: start codes in front of or inside of NAL units (a
/// parser of Annex-B finds them), a fragment with start and end bit both set, a missing end bit.
final class PayloadReader {

    private static final int START_BIT = 0x80;
    private static final int SPACE_KEPT_BYTES = 1 << 20;

    private final int maxBytes;
    private ByteBuf annexB = Unpooled.buffer(64 << 10);
    private boolean inFragments;
    private boolean broken;
    private boolean sps;
    private boolean slices;
    private boolean referredTo;

    PayloadReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Takes one payload, lent.
    void read(ByteBuf payload) throws MalformedPacketException {
        if (!payload.isReadable()) {
            return;
        }
        int start = payload.readerIndex();
        int type = H264Depacketizer.nalType(payload.getByte(start));
        if (type == H264Packetizer.FU_A) {
            readFragment(payload, start);
            return;
        }
        inFragments = false;
        if (type == H264Packetizer.STAP_A) {
            readAggregate(payload, start + 1);
        } else if (type == NalUnit.ACCESS_UNIT_DELIMITER) {
            return; // Says nothing that RTP does not, and may come with the time of another frame.
        } else if (type < H264Packetizer.STAP_A) {
            append(payload, start, payload.readableBytes());
        } else {
            throw new MalformedPacketException("payload type " + type + " (RFC 6184, table 1) is not supported");
        }
    }

    /// The NAL units so far; lent until [#clear].
    ByteBuffer annexB() {
        return annexB.nioBuffer();
    }

    boolean isEmpty() {
        return !annexB.isReadable();
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

    /// Whether other frames may refer to this one, as far as is known: true where no slice was seen.
    boolean isReferredTo() {
        return referredTo || !slices;
    }

    void clear() {
        annexB.clear();
        if (annexB.capacity() > SPACE_KEPT_BYTES) {
            annexB = Unpooled.buffer(SPACE_KEPT_BYTES);
        }
        inFragments = false;
        broken = false;
        sps = false;
        slices = false;
        referredTo = false;
    }

    /// Whether a payload carries a slice or the first part of one.
    static boolean carriesSlice(ByteBuf payload) {
        int start = payload.readerIndex();
        if (payload.readableBytes() < 2) {
            return false;
        }
        int type = H264Depacketizer.nalType(payload.getByte(start));
        boolean fragment = type == H264Packetizer.FU_A && (payload.getByte(start + 1) & START_BIT) != 0;
        return H264Depacketizer.isSlice(fragment ? H264Depacketizer.nalType(payload.getByte(start + 1)) : type);
    }

    /// Whether nothing of an access unit can come before this payload: it begins with a delimiter or an SPS.
    static boolean opensUnit(ByteBuf payload) {
        int start = payload.readerIndex();
        if (payload.readableBytes() < 4) {
            return false;
        }
        int type = H264Depacketizer.nalType(payload.getByte(start));
        int first = type == H264Packetizer.STAP_A ? H264Depacketizer.nalType(payload.getByte(start + 3)) : type;
        return first == NalUnit.SPS || first == NalUnit.ACCESS_UNIT_DELIMITER;
    }

    private void readFragment(ByteBuf payload, int start) throws MalformedPacketException {
        if (payload.readableBytes() < 2) {
            throw new MalformedPacketException("FU-A of " + payload.readableBytes() + " bytes, at least 2");
        }
        int fragmentHeader = payload.getByte(start + 1);
        if ((fragmentHeader & START_BIT) != 0) {
            int header = (payload.getByte(start) & 0xe0) | (fragmentHeader & 0x1f);
            beginNal(header, payload.readableBytes());
            annexB.writeByte(header);
            inFragments = true;
        } else if (!inFragments) {
            broken = true;
            return;
        }
        checkSize(payload.readableBytes());
        annexB.writeBytes(payload, start + 2, payload.readableBytes() - 2);
    }

    /// STAP-A: 16 bits of size and a NAL unit, again and again.
    private void readAggregate(ByteBuf payload, int first) throws MalformedPacketException {
        int at = first;
        while (at + 2 <= payload.writerIndex()) {
            int size = payload.getUnsignedShort(at);
            if (at + 2 + size > payload.writerIndex()) {
                throw new MalformedPacketException("STAP-A: a NAL unit of " + size + " bytes exceeds the packet");
            }
            if (size > 0) {
                append(payload, at + 2, size);
            }
            at += 2 + size;
        }
    }

    private void append(ByteBuf payload, int at, int size) throws MalformedPacketException {
        beginNal(payload.getByte(at), size);
        annexB.writeBytes(payload, at, size);
    }

    private void beginNal(int header, int size) throws MalformedPacketException {
        checkSize(size);
        sps |= H264Depacketizer.nalType(header) == NalUnit.SPS;
        if (H264Depacketizer.isSlice(H264Depacketizer.nalType(header))) {
            slices = true;
            referredTo |= (header & 0x60) != 0;
        }
        annexB.writeInt(1);
    }

    private void checkSize(int more) throws MalformedPacketException {
        if (annexB.readableBytes() + more > maxBytes) {
            throw new MalformedPacketException("an access unit is larger than " + maxBytes + " bytes");
        }
    }
}
