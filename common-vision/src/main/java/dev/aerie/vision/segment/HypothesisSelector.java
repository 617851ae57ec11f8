package dev.aerie.vision.segment;

/// Selects between two hypotheses of a mask in one frame: one propagated from the previous frame, and one redetected
/// from the last good mask and the object's appearance.
///
/// A propagated mask does not recover by itself after an occlusion or a drift. In both cases the redetected mask
/// resembles the object far more.
final class HypothesisSelector {

    /// Minimum ratio of the redetected mask's support to the propagated one's.
    private static final double MIN_SUPPORT_RATIO = 1.25;
    /// Minimum gain of support, in nats per pixel of the typical area.
    private static final double MIN_GAIN = 0.3;
    private static final double MIN_AREA_RATIO = 0.4;
    private static final double MAX_AREA_RATIO = 1.3;
    /// Maximum loss of presence.
    private static final double MAX_PRESENCE_LOSS = 0.1;

    private HypothesisSelector() {}

    /// The better hypothesis.
    ///
    /// - `propagated`, `redetected`, `appearance`: of the same window; the last is evidence of appearance in nats
    /// - `typicalArea`: of the object, in pixels
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
