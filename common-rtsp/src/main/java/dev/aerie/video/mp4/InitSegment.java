package dev.aerie.video.mp4;

import java.nio.ByteBuffer;

/// The head of a fragmented MP4 with one video track: `ftyp` and a `moov` without samples.
public final class InitSegment {

    private static final int EXPECTED_BYTES = 1_024;

    private InitSegment() {}

    public static ByteBuffer of(VideoTrack track) {
        var out = new BoxWriter(EXPECTED_BYTES)
                .box("ftyp", box -> box.letters("iso6").u32(0).letters("iso6").letters("mp41"));
        MovieBox.writeFragmented(out, track);
        return out.finish();
    }
}
