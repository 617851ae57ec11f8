package dev.aerie.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Small clips that x264 and x265 made from a test pattern, and what is known about them from how they were made.
public final class Clips {

    public static final int MAX_UNIT_BYTES = 1 << 20;

    private Clips() {}

    /// 24 frames of 100 × 72 at 25 fps, high profile, three slices each, pyramid B-frames, an IDR every 12.
    public static byte[] slicesAndBFrames() {
        return read("slices-b-frames.h264");
    }

    /// 20 frames of 96 × 80 at 30 fps, baseline, a delimiter before each, an IDR every 10.
    public static byte[] delimiters() {
        return read("aud-no-b-frames.h264");
    }

    /// 24 frames of 100 × 72 at 25 fps in H.265, two slices each, pyramid B-frames, open groups of 8: an IDR frame,
    /// then CRA frames with three RASL frames behind each. Made by ffmpeg 5.1:
    ///
    /// ```
    /// ffmpeg -f lavfi -i testsrc=size=100x72:rate=25 -frames:v 24 -pix_fmt yuv420p -c:v libx265 -x265-params
    ///   keyint=8:min-keyint=8:scenecut=0:open-gop=1:bframes=3:b-adapt=0:b-pyramid=1:slices=2:crf=40:info=0
    /// ```
    public static byte[] openGroups() {
        return read("open-groups.h265");
    }

    /// 20 frames of 96 × 80 at 30 fps in H.265, no B-frames, a delimiter before each, an IDR frame every 10; made with
    /// `keyint=10:min-keyint=10:scenecut=0:open-gop=0:bframes=0:aud=1:crf=40:info=0`.
    public static byte[] h265Delimiters() {
        return read("aud-no-b-frames.h265");
    }

    /// The whole stream in one piece through an assembler.
    public static List<AccessUnit> unitsOf(byte[] annexB) throws MalformedVideoException {
        var assembler = new AccessUnitAssembler("drone", MAX_UNIT_BYTES, AccessUnitBoundary.NEXT_UNIT);
        var units = new ArrayList<>(assembler.push(ByteBuffer.wrap(annexB), 0));
        units.addAll(assembler.flush());
        return units;
    }

    private static byte[] read(String name) {
        try (var in = Clips.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
