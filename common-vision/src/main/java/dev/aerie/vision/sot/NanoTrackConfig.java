package dev.aerie.vision.sot;

/// Constants of [NanoTrack].
///
/// - `windowInfluence`: how much nearness to the last position counts against the network's score, 0..1
/// - `penalty`: of a change of size and aspect from frame to frame, 0 or more
/// - `learningRate`: how fast the object's size takes up what the network measures, 0..1
/// - `contextAmount`: how much of its surroundings is shown with the object, in means of its sides, 0 or more
public record NanoTrackConfig(double windowInfluence, double penalty, double learningRate, double contextAmount) {

    /// As published with version 3 of the weights.
    public static final NanoTrackConfig DEFAULT = new NanoTrackConfig(0.455, 0.138, 0.348, 0.5);

    public NanoTrackConfig {
        if (!(windowInfluence >= 0 && windowInfluence <= 1 && learningRate >= 0 && learningRate <= 1)) {
            throw new IllegalArgumentException(
                    "expected windowInfluence and learningRate of 0..1, was " + windowInfluence + ", " + learningRate);
        }
        if (!(penalty >= 0 && contextAmount >= 0)) {
            throw new IllegalArgumentException(
                    "expected penalty and contextAmount of at least 0, was " + penalty + ", " + contextAmount);
        }
    }
}
