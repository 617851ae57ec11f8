package dev.aerie.slam.pipeline;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.bytedeco.opencv.opencv_core.Mat;

/// Notices a source that shows the same frame again and again: a second of frames alike to the last bit. A
/// camera that merely stands still has noise.
final class RepeatedFrames {

    private static final long FROZEN_NANOS = 1_000_000_000;

    private long checksum = -1;
    private long sinceNanos;

    /// - `grey`: lent, without gaps between its rows
    boolean isFrozen(Mat grey, long timeNanos) {
        var sum = new CRC32();
        sum.update((ByteBuffer) grey.createBuffer());
        if (sum.getValue() != checksum || timeNanos < sinceNanos) {
            checksum = sum.getValue();
            sinceNanos = timeNanos;
        }
        return timeNanos - sinceNanos >= FROZEN_NANOS;
    }
}
