package dev.aerie.video;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;

/// Detects input that is not H.264 in Annex-B form, as early as possible and with a reason.
final class BitstreamProbe {

    private static final int MAX_BYTES_WITHOUT_START_CODE = 64 << 10;
    private static final int HEAD_BYTES = 12;
    private static final int PROBE_UNITS = 32;

    /// Headers of VPS, SPS, PPS and delimiter; as H.264 they would be invalid combinations of type and nal_ref_idc.
    private static final Set<Integer> H265_HEADERS = Set.of(0x4001, 0x4201, 0x4401, 0x4601);

    private final byte[] head = new byte[HEAD_BYTES];
    private int headLength;
    private int units;
    private int invalidUnits;
    private boolean sawUnit;

    /// Called before a chunk is split; does not consume it.
    void examineChunk(ByteBuffer chunk) throws MalformedVideoException {
        if (headLength < HEAD_BYTES) {
            int count = Math.min(chunk.remaining(), HEAD_BYTES - headLength);
            chunk.get(chunk.position(), head, headLength, count);
            headLength += count;
            if (headLength == HEAD_BYTES) {
                String format = knownFormat();
                if (!format.isEmpty()) {
                    throw new MalformedVideoException("this is " + format + ", expected H.264 in Annex-B form");
                }
            }
        }
    }

    /// Called after a chunk was split.
    void examineDropped(long bytesWithoutUnit) throws MalformedVideoException {
        if (!sawUnit && bytesWithoutUnit > MAX_BYTES_WITHOUT_START_CODE) {
            throw new MalformedVideoException("no H.264 start code (00 00 01) in the first " + bytesWithoutUnit
                    + " bytes, which begin with " + HexFormat.ofDelimiter(" ").formatHex(head));
        }
    }

    /// A complete NAL unit; if more than half of 32 are invalid the input is not H.264.
    void examineUnit(NalUnit unit) throws MalformedVideoException {
        sawUnit = true;
        units++;
        if (unit.hasInvalidHeader()) {
            invalidUnits++;
        }
        if (units == PROBE_UNITS) {
            if (invalidUnits > PROBE_UNITS / 2) {
                throw new MalformedVideoException(invalidUnits + " of " + PROBE_UNITS
                        + " NAL units have the forbidden bit set or a type that H.264 does not have (7.3.1)");
            }
            units = 0;
            invalidUnits = 0;
        }
    }

    private String knownFormat() {
        var bytes = ByteBuffer.wrap(head);
        int first = bytes.getInt(0);
        int second = bytes.getInt(4);
        int header = first == 1 ? second >>> 16 : (first >>> 8 == 1 ? (first & 0xff) << 8 | second >>> 24 : 0);
        if (second == 0x66747970) { // "ftyp"
            return "an MP4 file";
        }
        return switch (first) {
            case 0x1a45dfa3 -> "a Matroska or WebM file";
            case 0x52494646 -> "a RIFF file (AVI, WAV)";
            case 0x464c5601 -> "an FLV file";
            case 0x89504e47 -> "a PNG image";
            case 0x000001ba -> "an MPEG program stream";
            case 0x000001b3 -> "MPEG-2 video";
            default -> first >>> 8 == 0xffd8ff ? "a JPEG image" : H265_HEADERS.contains(header) ? "H.265" : "";
        };
    }
}
