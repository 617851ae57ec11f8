package dev.aerie.ingest.mp4;

/// The position of one frame on the track, in 90 kHz ticks from the track's start.
///
/// - `decodeTicks`: rises with every frame
/// - `presentationTicks`: differs from it only where frames are reordered
/// - `durationTicks`: expected time until the next frame
public record SampleTime(long decodeTicks, long presentationTicks, long durationTicks) {

    /// The same place, until the next frame's.
    public SampleTime until(long nextDecodeTicks) {
        return new SampleTime(decodeTicks, presentationTicks, nextDecodeTicks - decodeTicks);
    }
}
