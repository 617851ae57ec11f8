package dev.aerie.storage.catalog;

import dev.aerie.messages.CaptureClock;

/// One frame of a segment, in decoding order.
///
/// - `captureTimeNanos`, `clock`: Unix time of the frame, and whose clock said so
/// - `decodeTicks`: on the segment's own track, at 90 kHz from its first frame
/// - `compositionTicks`: when it is shown, less `decodeTicks`; other than 0 only where frames are reordered
/// - `offset`, `sizeBytes`: the sample in the file: NAL units behind four-byte lengths, without the parameter sets
///   that the file's `avcC` holds
/// - `keyframe`: an IDR frame: decoding can start here
/// - `prelude`: it is in an earlier segment already and here only because what follows cannot be decoded without it;
///   no frame of the recording counts twice
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
