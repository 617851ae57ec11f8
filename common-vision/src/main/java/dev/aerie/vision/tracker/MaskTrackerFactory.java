package dev.aerie.vision.tracker;

import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.MaskGeneratorConfig;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.segment.BilateralConfig;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import java.util.Optional;

/// Chooses the mask tracker, if any. Owns what its trackers share.
final class MaskTrackerFactory implements AutoCloseable {

    private static final String MOT = "mot";
    private static final String SAM2 = "sam2";

    private final Optional<MaskTracker.Factory> factory;
    private final Optional<ExecutionProvider> provider;
    private final AutomaticMaskService automaticMaskService;
    private final String reason;

    private MaskTrackerFactory(
            Optional<MaskTracker.Factory> factory,
            Optional<ExecutionProvider> provider,
            AutomaticMaskService automaticMaskService,
            String reason) {
        this.factory = factory;
        this.provider = provider;
        this.automaticMaskService = automaticMaskService;
        this.reason = reason;
    }

    /// Chooses by `config`; throws [ModelException] where SAM 2 is named and not available.
    static MaskTrackerFactory choose(TrackerConfig config, ModelStore models, InferenceDevice inferenceDevice)
            throws ModelException {
        String tracker = config.tracker();
        String asSet = "VIDEO_TRACKER_TYPE=" + tracker;
        if (tracker.equals(MOT)) {
            return new MaskTrackerFactory(
                    Optional.empty(), Optional.empty(), AutomaticMaskService.without(asSet), asSet);
        }
        if (tracker.equals(BilateralTrackers.NAME)) {
            return bilateral(asSet);
        }
        if (tracker.equals(SAM2)) {
            return sam2(config, models, inferenceDevice, asSet);
        }
        return Sam2Trackers.find(models, config.sam2().model()).isPresent()
                ? sam2(config, models, inferenceDevice, "its weights are installed")
                : bilateral("no weights of SAM 2.1 or EdgeTAM are installed in " + models.directory());
    }

    /// Empty where objects are tracked by boxes only.
    Optional<MaskTracker.Factory> factory() {
        return factory;
    }

    /// The device of the networks; empty where there are none.
    Optional<ExecutionProvider> provider() {
        return provider;
    }

    AutomaticMaskService automaticMasks() {
        return automaticMaskService;
    }

    /// Why it was chosen, in one line.
    String reason() {
        return reason;
    }

    @Override
    public void close() {
        automaticMaskService.close();
        factory.ifPresent(MaskTracker.Factory::close);
    }

    private static MaskTrackerFactory bilateral(String reason) {
        return new MaskTrackerFactory(
                Optional.of(new BilateralTrackers(BilateralConfig.LIVE)),
                Optional.empty(),
                AutomaticMaskService.without(reason),
                reason);
    }

    private static MaskTrackerFactory sam2(
            TrackerConfig trackerConfig, ModelStore models, InferenceDevice inferenceDevice, String reason)
            throws ModelException {
        Sam2Config config = trackerConfig.sam2();
        var trackers = Sam2Trackers.openInstalled(
                models,
                config.model(),
                config.sidePixels(),
                TrackerLimits.DEFAULT,
                config.memory().config().withCorrections(config.corrections()),
                config.precision(),
                inferenceDevice);
        try {
            if (config.isWarmedUp()) {
                trackers.warmUp();
            }
            var generator = trackers.openGenerator(MaskGeneratorConfig.withPointsPerSide(
                    trackerConfig.wholeFrames().pointsPerSide()));
            return new MaskTrackerFactory(
                    Optional.of(trackers),
                    Optional.of(trackers.provider()),
                    AutomaticMaskService.with(generator::generate, generator::close),
                    reason + "; " + trackers.provider().reason());
        } catch (ModelException e) {
            trackers.close();
            throw e;
        }
    }
}
