package dev.aerie.vision.segment;

/// Chooses between two beliefs in one frame: one that began with the mask carried from the frame before, and one
/// that began afresh, with the last good mask and what the object looks like.
///
/// A carried mask that something passed in front of has lost what lay behind, and never gets it back by itself; nor
/// does one that slid off the object return. Both show, for what was found afresh then looks far more like the object.
final class HypothesisSelector {

    /// How much more has to speak for what was found afresh.
    private static final double FACTOR = 1.25;
    /// And how much more at least, in nats for each pixel of the object's usual area.
    private static final double MIN_GAIN = 0.3;
    private static final double MIN_SHARE = 0.4;
    private static final double MAX_SHARE = 1.3;
    /// By how much less its pixels may look like the object, in the mean.
    private static final double PRESENCE_LOSS = 0.1;

    private HypothesisSelector() {}

    /// The one to be believed.
    ///
    /// - `carried`, `afresh`: of the same window; `looks`: of the same window, evidence of looks in nats
    /// - `usualArea`: of the object, in pixels
    static MaskProbability better(MaskProbability carried, MaskProbability afresh, Plane looks, double defaultArea) {
        int area = afresh.probability().countAbove(0.5f);
        boolean isOfItsSize = area > MIN_SHARE * defaultArea && area < MAX_SHARE * defaultArea;
        boolean isAsPresent = afresh.presence() > carried.presence() - PRESENCE_LOSS;
        double bar = FACTOR * Math.max(0, support(carried, looks)) + MIN_GAIN * defaultArea;
        return isOfItsSize && isAsPresent && support(afresh, looks) > bar ? afresh : carried;
    }

    private static double support(MaskProbability maskProbability, Plane looks) {
        double sum = 0;
        float[] probability = maskProbability.probability().values();
        for (int i = 0; i < probability.length; i++) {
            sum += probability[i] > 0.5f ? looks.values()[i] : 0;
        }
        return sum;
    }
}
