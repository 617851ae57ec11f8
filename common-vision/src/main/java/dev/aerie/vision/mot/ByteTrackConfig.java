package dev.aerie.vision.mot;

/// How [ByteTrack] decides.
///
/// - `highScore`: detections from here on are matched first; try 0.4 for a timid detector
/// - `lowScore`: weaker detections down to here may still continue an object that would else be missed
/// - `newScore`: from which an unmatched detection becomes a new object
/// - `coastFrames`: how long an unseen object's box is foretold before it counts as lost
/// - `bufferFrames`: how long an unseen object may come back under its identity
/// - `confirmHits`: in how many frames running a newcomer must be seen to be believed, from 1
public record ByteTrackConfig(
        double highScore, double lowScore, double newScore, long coastFrames, long bufferFrames, int confirmHits) {

    /// As in the paper, for video of 30 frames per second.
    public static final ByteTrackConfig DEFAULT = new ByteTrackConfig(0.5, 0.1, 0.6, 15, 30, 2);

    /// For detections that come and go, as those of motion do: slow to believe, quick to forget.
    public static final ByteTrackConfig INTERMITTENT = new ByteTrackConfig(0.5, 0.1, 0.6, 5, 30, 3);

    public ByteTrackConfig {
        if (!(0 <= lowScore && lowScore <= highScore && highScore <= newScore && newScore <= 1)) {
            throw new IllegalArgumentException("expected 0 <= lowScore <= highScore <= newScore <= 1, was " + lowScore
                    + ", " + highScore + ", " + newScore);
        }
        if (coastFrames < 0 || bufferFrames < coastFrames) {
            throw new IllegalArgumentException(
                    "expected 0 <= coastFrames <= bufferFrames, was " + coastFrames + ", " + bufferFrames);
        }
    }
}
