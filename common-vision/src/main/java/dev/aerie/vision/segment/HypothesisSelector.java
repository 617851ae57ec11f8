package dev.aerie.vision.segment;

/// Chooses between two beliefs in one frame: one that began with the mask carried from the frame before, and one
/// that began afresh, with the last good mask and what the object looks like.
///
/// A carried mask that something passed in front of has lost what lay behind, and never gets it back by itself; nor
/// does one that slid off the object return. Both show, for what was found afresh then looks far more like the object.
final class HypothesisSelector {

    /// How much more has to speak for what was found afresh.
    private static final double MIN_SUPPORT_RATIO = 1.25;
    /// And how much more at least, in nats for each pixel of the object's usual area.
    private static final double MIN_GAIN = 0.3;
    private static final double MIN_AREA_RATIO = 0.4;
    private static final double MAX_AREA_RATIO = 1.3;
    /// By how much less its pixels may look like the object, in the mean.
    private static final double MAX_PRESENCE_LOSS = 0.1;

    private HypothesisSelector() {}

    /// The one to be believed.
    ///
    /// - `carried`, `afresh`: of the same window; `looks`: of the same window, evidence of looks in nats
    /// - `usualArea`: of the object, in pixels
    static MaskProbability select(
            MaskProbability propagated, MaskProbability redetected, Plane appearance, double typicalArea) {
        int area = redetected.probability().countAbove(0.5f);
        boolean hasTypicalSize = area > MIN_AREA_RATIO * typicalArea && area < MAX_AREA_RATIO * typicalArea;
        boolean isAsPresent = redetected.presence() > propagated.presence() - MAX_PRESENCE_LOSS;
        double requiredSupport =
                MIN_SUPPORT_RATIO * Math.max(0, support(propagated, appearance)) + MIN_GAIN * typicalArea;
        return hasTypicalSize && isAsPresent && support(redetected, appearance) > requiredSupport
                ? redetected
                : propagated;
    }

    private static double support(MaskProbability hypothesis, Plane appearance) {
        double sum = 0;
        float[] probability = hypothesis.probability().values();
        for (int i = 0; i < probability.length; i++) {
            sum += probability[i] > 0.5f ? appearance.values()[i] : 0;
        }
        return sum;
    }
}
