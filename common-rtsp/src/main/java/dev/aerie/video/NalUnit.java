package dev.aerie.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// One NAL unit without its start code, of H.264 (ITU-T H.264, 7.3.1) or H.265 (ITU-T H.265, 7.3.1.1): a view on bytes
/// that nobody changes. A header of one or two bytes, then the payload, with emulation prevention.
public final class NalUnit {

    private static final int START_CODE_BYTES = 4;
    private static final int EMULATION_PREVENTION = 3;

    private final VideoCodec codec;
    private final byte[] bytes;
    private final int from;
    private final int to;

    /// The bytes `from` (the header) to `to` (exclusive), at least one; shared, not copied.
    NalUnit(VideoCodec codec, byte[] bytes, int from, int to) {
        this.codec = codec;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /// A NAL unit with this header, big endian, in front of this payload, which gets its emulation prevention here.
    public static NalUnit of(VideoCodec codec, int header, byte[] rbsp) {
        var nal = new ByteArrayOutputStream(rbsp.length + 8);
        for (int i = codec.headerBytes() - 1; i >= 0; i--) {
            nal.write(header >>> (8 * i));
        }
        int zeros = 0;
        for (byte value : rbsp) {
            if (zeros >= 2 && (value & 0xff) <= EMULATION_PREVENTION) {
                nal.write(EMULATION_PREVENTION);
                zeros = 0;
            }
            nal.write(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        byte[] whole = nal.toByteArray();
        return new NalUnit(codec, whole, 0, whole.length);
    }

    /// The NAL units of an Annex-B byte stream, in order, as views on `annexB`; zero bytes around them and bytes
    /// before the first start code are skipped.
    public static List<NalUnit> split(VideoCodec codec, byte[] annexB) {
        var units = new ArrayList<NalUnit>(8);
        int code = startCode(annexB, 0, annexB.length);
        while (code >= 0) {
            int start = code + 3;
            code = startCode(annexB, start, annexB.length);
            int end = withoutZeros(annexB, start, code < 0 ? annexB.length : code);
            if (end > start) {
                units.add(new NalUnit(codec, annexB, start, end));
            }
        }
        return units;
    }

    /// Where the next `00 00 01` in `[from, to)` begins, or -1. Examines every third byte of ordinary data.
    static int startCode(byte[] data, int from, int to) {
        int i = from + 2;
        while (i < to) {
            int last = data[i];
            if (last < 0 || last > 1) {
                i += 3;
            } else if (last == 0) {
                i++;
            } else if (data[i - 1] == 0 && data[i - 2] == 0) {
                return i - 2;
            } else {
                i += 3;
            }
        }
        return -1;
    }

    /// `to` without the zero bytes in front of it: a NAL unit never ends in zero (7.4.1).
    static int withoutZeros(byte[] data, int from, int to) {
        int end = to;
        while (end > from && data[end - 1] == 0) {
            end--;
        }
        return end;
    }

    public VideoCodec codec() {
        return codec;
    }

    /// The codec that its first two bytes betray; empty where they may be of any.
    Optional<VideoCodec> recognize() {
        return sizeBytes() < 2 ? Optional.empty() : VideoCodec.recognize(bytes[from], bytes[from + 1]);
    }

    /// The same bytes, read as of another codec.
    NalUnit as(VideoCodec other) {
        return new NalUnit(other, bytes, from, to);
    }

    /// Its header, big endian; what is missing of a unit that is shorter is 0.
    public int header() {
        int header = 0;
        for (int i = 0; i < codec.headerBytes(); i++) {
            header = header << 8 | (from + i < to ? bytes[from + i] & 0xff : 0);
        }
        return header;
    }

    /// nal_unit_type, as its codec numbers them.
    public int type() {
        return codec.typeOf(header());
    }

    /// What it is there for.
    public NalKind kind() {
        return codec.kindOf(header());
    }

    /// Whether the header breaks a rule: the forbidden bit is set, or the type is one that a stream must not
    /// contain.
    public boolean hasInvalidHeader() {
        return kind() == NalKind.INVALID;
    }

    /// Whether it carries picture data of the base layer: a slice, or its first partition.
    public boolean isSlice() {
        return kind().isSlice();
    }

    /// Without a start code.
    public int sizeBytes() {
        return to - from;
    }

    /// The bytes from the header on, without a start code, as a read-only view.
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, from, to - from).slice().asReadOnlyBuffer();
    }

    /// A copy of the payload after the header, without emulation prevention.
    public byte[] rbsp() {
        return rbsp(sizeBytes());
    }

    /// Like [#rbsp()], of at most the first `maxBytes` bytes behind the header.
    byte[] rbsp(int maxBytes) {
        int start = Math.min(to, from + codec.headerBytes());
        int end = Math.min(to, start + maxBytes);
        var payload = new byte[end - start];
        int length = 0;
        int zeros = 0;
        for (int i = start; i < end; i++) {
            byte value = bytes[i];
            if (zeros >= 2 && value == EMULATION_PREVENTION) {
                zeros = 0;
                continue;
            }
            payload[length++] = value;
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return length == payload.length ? payload : Arrays.copyOf(payload, length);
    }

    /// Size in an Annex-B stream, its four-byte start code included.
    int annexBBytes() {
        return START_CODE_BYTES + sizeBytes();
    }

    /// Writes start code and bytes.
    void putAnnexB(ByteBuffer out) {
        out.putInt(1).put(bytes, from, to - from);
    }

    /// A copy of the unit in its own array.
    NalUnit copy() {
        return new NalUnit(codec, Arrays.copyOfRange(bytes, from, to), 0, to - from);
    }

    /// The units concatenated, each after a four-byte start code.
    static byte[] join(List<NalUnit> units) {
        int size = 0;
        for (NalUnit unit : units) {
            size += unit.annexBBytes();
        }
        var out = ByteBuffer.wrap(new byte[size]);
        for (NalUnit unit : units) {
            unit.putAnnexB(out);
        }
        return out.array();
    }

    /// The units as [#join] wrote them.
    static List<NalUnit> viewsOn(byte[] joined, List<NalUnit> units) {
        var views = new ArrayList<NalUnit>(units.size());
        int end = 0;
        for (NalUnit unit : units) {
            int start = end + START_CODE_BYTES;
            end += unit.annexBBytes();
            views.add(new NalUnit(unit.codec, joined, start, end));
        }
        return Collections.unmodifiableList(views);
    }

    @Override
    public String toString() {
        return "NalUnit[type=" + type() + ", " + sizeBytes() + " bytes]";
    }
}
