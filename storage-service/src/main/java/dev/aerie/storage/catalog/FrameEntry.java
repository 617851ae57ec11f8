package dev.aerie.storage.catalog;

import dev.aerie.messages.CaptureClock;

/// One frame of a segment, in decoding order.
///
/// - `captureTimeNanos`, `clock`: Unix time of the frame, and the clock that measured it
/// - `decodeTicks`: decoding time on the segment's track, at 90 kHz from its first frame
/// - `compositionTicks`: presentation time minus `decodeTicks`; other than 0 only if frames are reordered
/// - `offset`, `sizeBytes`: position of the sample in the file. A sample consists of NAL units behind four-byte
///   lengths, without the parameter sets that are in the file's head
/// - `keyframe`: whether it is an IDR frame, where decoding can start
/// - `prelude`: whether the frame is in an earlier segment already and is repeated here only to decode the following
///   frames; it does not count as a frame of this segment
public record FrameEntry(
        long frameNumber,
        long captureTimeNanos,
        CaptureClock clock,
        long decodeTicks,
        int compositionTicks,
        long offset,
        int sizeBytes,
        boolean keyframe,
        boolean prelude) {

    public long presentationTicks() {
        return decodeTicks + compositionTicks;
    }

    /// Where the sample ends in the file.
    public long end() {
        return offset + sizeBytes;
    }
}
