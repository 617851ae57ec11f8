package dev.aerie.video.mp4;

import dev.aerie.video.VideoCodec;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The boxes `avcC` and `hvcC`: a track that is read can be written, and is the same when it is read again.
final class DecoderConfigurationFuzz {

    private static final int BOX_HEADER_BYTES = 8;

    private DecoderConfigurationFuzz() {}

    /// The first byte chooses the codec.
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var codec = (data[0] & 1) == 0 ? VideoCodec.H264 : VideoCodec.H265;
        DecoderConfiguration.read(
                        codec, ByteBuffer.wrap(data, 1, data.length - 1).slice())
                .ifPresent(track -> {
                    var out = new BoxWriter(64);
                    DecoderConfiguration.write(out, track);
                    var again = DecoderConfiguration.read(
                            codec, out.finish().position(BOX_HEADER_BYTES).slice());
                    if (!again.map(VideoTrack::parameterSets).equals(Optional.of(track.parameterSets()))) {
                        throw new AssertionError("written and read again: " + again + ", was " + track);
                    }
                });
    }
}
