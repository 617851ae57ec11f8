package dev.aerie.video;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// One NAL unit of H.264 (ITU-T H.264, 7.3.1) without its start code: a view on bytes that nobody changes.
///
/// ```
/// byte 0: forbidden_zero_bit (1) · nal_ref_idc (2) · nal_unit_type (5); then the payload, with emulation prevention
/// ```
public final class NalUnit {

    public static final int SLICE = 1;
    public static final int SLICE_PARTITION_A = 2;
    public static final int IDR_SLICE = 5;
    public static final int SEI = 6;
    public static final int SPS = 7;
    public static final int PPS = 8;
    public static final int ACCESS_UNIT_DELIMITER = 9;
    public static final int END_OF_SEQUENCE = 10;
    public static final int END_OF_STREAM = 11;
    public static final int FILLER = 12;

    private static final int START_CODE_BYTES = 4;
    private static final int EMULATION_PREVENTION = 3;

    private final byte[] bytes;
    private final int from;
    private final int to;

    /// The bytes `from` (the header byte) to `to` (exclusive), at least one; shared, not copied.
    NalUnit(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /// A NAL unit with this header byte around this payload, which gets its emulation prevention here.
    public static NalUnit of(int header, byte[] rbsp) {
        var nal = new ByteArrayOutputStream(rbsp.length + 8);
        nal.write(header);
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
        return new NalUnit(whole, 0, whole.length);
    }

    /// The NAL units of an Annex-B byte stream, in order, as views on `annexB`; zero bytes around them and bytes
    /// before the first start code are skipped.
    public static List<NalUnit> split(byte[] annexB) {
        var units = new ArrayList<NalUnit>(8);
        int code = startCode(annexB, 0, annexB.length);
        while (code >= 0) {
            int start = code + 3;
            code = startCode(annexB, start, annexB.length);
            int end = withoutZeros(annexB, start, code < 0 ? annexB.length : code);
            if (end > start) {
                units.add(new NalUnit(annexB, start, end));
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

    /// nal_unit_type of a unit with this header byte, 0..31.
    public static int typeOf(int header) {
        return header & 0x1f;
    }

    /// Whether units of this type carry picture data of the base layer: slices, or their first partition.
    public static boolean isSliceType(int type) {
        return type == SLICE || type == IDR_SLICE || type == SLICE_PARTITION_A;
    }

    /// nal_unit_type, 0..31.
    public int type() {
        return typeOf(bytes[from]);
    }

    /// nal_ref_idc, 0..3; 0 if no other picture refers to this one.
    public int refIdc() {
        return bytes[from] >>> 5 & 3;
    }

    /// Whether the header breaks a rule: the forbidden bit is set, or the type is one that a stream must not
    /// contain (0 and 24..31 are left to transports such as RTP).
    public boolean hasInvalidHeader() {
        return bytes[from] < 0 || type() == 0 || type() >= 24;
    }

    /// Whether it carries picture data of the base layer: a slice, or its first partition.
    public boolean isSlice() {
        return isSliceType(type());
    }

    /// Without a start code.
    public int sizeBytes() {
        return to - from;
    }

    /// The bytes from the header on, without a start code, as a read-only view.
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes, from, to - from).slice().asReadOnlyBuffer();
    }

    /// A copy of the payload after the header byte, without emulation prevention.
    public byte[] rbsp() {
        return rbsp(sizeBytes() - 1);
    }

    /// Like [#rbsp()], of at most the first `maxBytes` bytes behind the header.
    byte[] rbsp(int maxBytes) {
        int end = Math.min(to, from + 1 + maxBytes);
        var payload = new byte[end - from - 1];
        int length = 0;
        int zeros = 0;
        for (int i = from + 1; i < end; i++) {
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
        return new NalUnit(Arrays.copyOfRange(bytes, from, to), 0, to - from);
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
            views.add(new NalUnit(joined, start, end));
        }
        return Collections.unmodifiableList(views);
    }

    @Override
    public String toString() {
        return "NalUnit[type=" + type() + ", " + sizeBytes() + " bytes]";
    }
}
