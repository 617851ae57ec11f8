package dev.aerie.video;

/// Which units a decoder can take that starts in the middle of a stream: those from an IDR frame on, without the frames
/// that refer to what was in front of it ([AccessUnit#refersBehindIdr]). Used by one thread at a time.
public final class DecodingStart {

    private boolean waits = true;
    private boolean isFirstGroup;

    /// Whether a decoder that was given the units admitted so far can decode this one.
    public boolean admits(AccessUnit unit) {
        if (unit.isIdr()) {
            isFirstGroup = waits;
            waits = false;
            return true;
        }
        return !waits && !(isFirstGroup && unit.refersBehindIdr());
    }

    /// Units were lost: waits for an IDR frame again.
    public void restart() {
        waits = true;
    }
}
