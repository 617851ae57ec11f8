package dev.aerie.slam.pipeline;

/// What dense mapping has done since the map was begun.
///
/// - `mapped`: keyframes whose depths were sought
/// - `leftOut`: keyframes that it had no time for, or in whose view the map knew too few points
/// - `seconds`: in which it was at work on those mapped
public record DenseCounts(long mapped, long leftOut, double seconds) {

    /// Of a service that maps no surfaces, or has no map yet.
    public static final DenseCounts NONE = new DenseCounts(0, 0, 0);
}
