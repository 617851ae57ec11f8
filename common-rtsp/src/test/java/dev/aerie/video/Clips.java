package dev.aerie.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Small clips that x264 made from a test pattern, and what is known about them from how they were made.
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
