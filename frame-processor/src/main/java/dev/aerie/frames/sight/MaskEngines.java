package dev.aerie.frames.sight;

import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.Compute;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.MaskGeneratorConfig;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.segment.BilateralConfig;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import java.util.Optional;

/// Which tracker of masks is used, if any. Owns what its trackers share.
final class MaskEngines implements AutoCloseable {

    private static final String MOT = "mot";
    private static final String SAM2 = "sam2";

    private final Optional<MaskTracker.Factory> factory;
    private final Optional<ExecutionProvider> provider;
    private final WholePictures wholePictures;
    private final String reason;

    private MaskEngines(
            Optional<MaskTracker.Factory> factory,
            Optional<ExecutionProvider> provider,
            WholePictures wholePictures,
            String reason) {
        this.factory = factory;
        this.provider = provider;
        this.wholePictures = wholePictures;
        this.reason = reason;
    }

    /// Chooses by `choice`; throws [ModelException] where SAM 2 is asked for by name and cannot be had.
    static MaskEngines choose(SightChoice choice, ModelStore models, Compute compute) throws ModelException {
        String tracker = choice.tracker();
        String asSet = "VIDEO_TRACKER_TYPE=" + tracker;
        if (tracker.equals(MOT)) {
            return new MaskEngines(Optional.empty(), Optional.empty(), WholePictures.without(asSet), asSet);
        }
        if (tracker.equals(BilateralTrackers.NAME)) {
            return bilateral(asSet);
        }
        if (tracker.equals(SAM2)) {
            return sam2(choice.sam2(), models, compute, asSet);
        }
        return Sam2Trackers.find(models, choice.sam2().model()).isPresent()
                ? sam2(choice.sam2(), models, compute, "its weights are installed")
                : bilateral("no weights of SAM 2.1 or EdgeTAM are installed in " + models.directory());
    }

    /// Empty where objects are followed by boxes alone.
    Optional<MaskTracker.Factory> factory() {
        return factory;
    }

    /// What the networks run on; empty where there are none.
    Optional<ExecutionProvider> provider() {
        return provider;
    }

    WholePictures wholePictures() {
        return wholePictures;
    }

    /// Why it is this one, in one line.
    String reason() {
        return reason;
    }

    @Override
    public void close() {
        wholePictures.close();
        factory.ifPresent(MaskTracker.Factory::close);
    }

    private static MaskEngines bilateral(String reason) {
        return new MaskEngines(
                Optional.of(new BilateralTrackers(BilateralConfig.LIVE)),
                Optional.empty(),
                WholePictures.without(reason),
                reason);
    }

    private static MaskEngines sam2(Sam2Choice choice, ModelStore models, Compute compute, String reason)
            throws ModelException {
        var trackers = Sam2Trackers.openInstalled(
                models, choice.model(), choice.sidePixels(), TrackerLimits.USUAL, choice.precision(), compute);
        try {
            if (choice.isWarmedUp()) {
                trackers.warmUp();
            }
            var generator = trackers.openGenerator(MaskGeneratorConfig.USUAL);
            return new MaskEngines(
                    Optional.of(trackers),
                    Optional.of(trackers.provider()),
                    WholePictures.with(generator::generate, generator::close),
                    reason + "; " + trackers.provider().reason());
        } catch (ModelException e) {
            trackers.close();
            throw e;
        }
    }
}
