package dev.aerie.slam.dense.slam3r;

/// What became of a session's keyframes.
///
/// - `worlds`: begun, each in axes and a unit of its own
/// - `registered`: keyframes that have a place in a world
/// - `weak`: of them, those of too little confidence to be remembered
/// - `unanchored`: whose pose or scale in the map was not found, so that they have no surfaces
/// - `held`: keyframes whose tokens are in memory
public record Slam3rStatistics(long worlds, long registered, long weak, long unanchored, int held) {

    static final Slam3rStatistics NONE = new Slam3rStatistics(0, 0, 0, 0, 0);

    Slam3rStatistics begun(int frames) {
        return new Slam3rStatistics(worlds + 1, registered + frames, weak, unanchored, held);
    }

    Slam3rStatistics registered(boolean isWeak) {
        return new Slam3rStatistics(worlds, registered + 1, weak + (isWeak ? 1 : 0), unanchored, held);
    }

    Slam3rStatistics unanchoredOne() {
        return new Slam3rStatistics(worlds, registered, weak, unanchored + 1, held);
    }

    Slam3rStatistics holding(int frames) {
        return new Slam3rStatistics(worlds, registered, weak, unanchored, frames);
    }
}
