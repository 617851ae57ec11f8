package dev.aerie.video;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/// Detects input that is not H.264 or H.265 in Annex-B form, or not of the codec that was announced, as early as
/// possible and with a reason.
final class BitstreamProbe {

    private static final int MAX_BYTES_WITHOUT_START_CODE = 64 << 10;
    private static final int HEAD_BYTES = 12;
    private static final int PROBE_UNITS = 32;

    private final byte[] head = new byte[HEAD_BYTES];
    private int headLength;
    private int units;
    private int invalidUnits;
    private boolean sawUnit;
    private final Optional<VideoCodec> announced;

    /// - `announced`: the codec that is expected; empty if it may be any
    BitstreamProbe(Optional<VideoCodec> announced) {
        this.announced = announced;
    }

    /// Called before a chunk is split; does not consume it.
    void examineChunk(ByteBuffer chunk) throws MalformedVideoException {
        if (headLength < HEAD_BYTES) {
            int count = Math.min(chunk.remaining(), HEAD_BYTES - headLength);
            chunk.get(chunk.position(), head, headLength, count);
            headLength += count;
            if (headLength == HEAD_BYTES) {
                String format = knownFormat();
                if (!format.isEmpty()) {
                    throw new MalformedVideoException(
                            "this is " + format + ", expected " + expected() + " in Annex-B form");
                }
            }
        }
    }

    /// Called after a chunk was split.
    void examineDropped(long bytesWithoutUnit) throws MalformedVideoException {
        if (!sawUnit && bytesWithoutUnit > MAX_BYTES_WITHOUT_START_CODE) {
            throw new MalformedVideoException("no start code (00 00 01) of " + expected() + " in the first "
                    + bytesWithoutUnit + " bytes, which begin with "
                    + HexFormat.ofDelimiter(" ").formatHex(head));
        }
    }

    /// A complete NAL unit; if more than half of 32 are invalid the input is not of this codec.
    void examineUnit(NalUnit unit) throws MalformedVideoException {
        sawUnit = true;
        units++;
        if (unit.hasInvalidHeader()) {
            invalidUnits++;
        }
        if (units == PROBE_UNITS) {
            if (invalidUnits > PROBE_UNITS / 2) {
                throw new MalformedVideoException(invalidUnits + " of " + PROBE_UNITS
                        + " NAL units have the forbidden bit set or a type that "
                        + unit.codec().title()
                        + " does not have (7.3.1)");
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
        var codec = VideoCodec.recognize(header >>> 8, header & 0xff);
        if (codec.isPresent() && announced.isPresent() && !codec.equals(announced)) {
            return codec.get().title();
        }
        return switch (first) {
            case 0x1a45dfa3 -> "a Matroska or WebM file";
            case 0x52494646 -> "a RIFF file (AVI, WAV)";
            case 0x464c5601 -> "an FLV file";
            case 0x89504e47 -> "a PNG image";
            case 0x000001ba -> "an MPEG program stream";
            case 0x000001b3 -> "MPEG-2 video";
            default -> first >>> 8 == 0xffd8ff ? "a JPEG image" : "";
        };
    }

    private String expected() {
        return announced
                .map(VideoCodec::title)
                .orElseGet(() -> Arrays.stream(VideoCodec.values())
                        .map(VideoCodec::title)
                        .collect(Collectors.joining(" or ")));
    }
}
