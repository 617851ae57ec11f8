package dev.aerie.video;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// One NAL unit: an SPS, an SEI or a slice header of either codec, straight into their parsers.
final class ParameterSetsFuzz {

    private ParameterSetsFuzz() {}

    /// The first byte chooses the parser.
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        byte[] rbsp = Arrays.copyOfRange(data, 1, data.length);
        try {
            switch (data[0] & 3) {
                case 0 -> check(H264SpsParser.parse(rbsp));
                case 1 -> check(H265SpsParser.parse(rbsp));
                case 2 -> FrameStampSei.read("drone", ByteBuffer.wrap(rbsp));
                default -> {
                    for (VideoCodec codec : VideoCodec.values()) {
                        var nal = NalUnit.of(codec, codec.syntax().seiHeader(0), rbsp);
                        SeiMessage.parse(nal);
                    }
                }
            }
        } catch (MalformedVideoException _) {
            // Refused in words.
        }
    }

    private static void check(Sps sps) {
        var size = sps.size();
        if (size.widthPixels() < 1
                || size.heightPixels() < 1
                || !FrameSize.mayBeCoded(size.widthPixels(), size.heightPixels())
                || sps.codec().isEmpty()) {
            throw new AssertionError(size + ", " + sps.codec());
        }
    }
}
