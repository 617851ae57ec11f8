package dev.aerie.frames.tracker;

import dev.aerie.frames.pipeline.ProcessingMode;
import dev.aerie.frames.pipeline.StreamControl;
import dev.aerie.frames.pipeline.Trackers;
import dev.aerie.frames.prompt.PromptStrategies;
import dev.aerie.frames.prompt.StrategyKind;
import dev.aerie.frames.prompt.TextSearch;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.TrackingByDetection;
import dev.aerie.vision.track.VideoTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What looks at frames here: which tracker, which detector, what proposes objects.
///
/// Owns the models that the trackers of all streams share; close it after the last of them.
public final class TrackerFactory implements Trackers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrackerFactory.class);

    /// Of the GPU memory, what the detector may take.
    private static final double DETECTOR_SHARE = 0.15;

    private static final int MEBIBYTE_BITS = 20;

    private final TrackerConfig config;
    private final DetectorFactory detectorFactory;
    private final MaskTrackerFactory factory;
    private final TextSearch text;
    private final PromptStrategies strategies;

    private TrackerFactory(
            TrackerConfig config, DetectorFactory detectorFactory, MaskTrackerFactory factory, TextSearch text) {
        this.config = config;
        this.detectorFactory = detectorFactory;
        this.factory = factory;
        this.text = text;
        this.strategies = new PromptStrategies(detectorFactory.ofModel(), text);
        LOG.info("tracker chosen tracker={} cause={}", trackerName(), factory.reason());
        LOG.info("detector chosen model={} cause={}", detectorName(), detectorFactory.reason());
    }

    /// Opens what is chosen.
    ///
    /// - `text`: lent
    /// - `compute`: shared out among all that is opened
    /// - throws [ModelException] where something is asked for by name and cannot be had
    public static TrackerFactory choose(
            TrackerConfig config, TextSearch text, ModelStore models, InferenceDevice inferenceDevice)
            throws ModelException {
        var detectorFactory = DetectorFactory.choose(
                config.detector(), config.classes(), models, inferenceDevice.share(DETECTOR_SHARE));
        try {
            var factory = MaskTrackerFactory.choose(config, models, inferenceDevice.share(1 - DETECTOR_SHARE));
            return new TrackerFactory(config, detectorFactory, factory, text);
        } catch (ModelException e) {
            detectorFactory.close();
            throw e;
        }
    }

    @Override
    public VideoTracker open(ProcessingMode processingMode, StreamControl control) throws ModelException {
        Optional<MaskTracker.Factory> masks = factory.factory();
        if (processingMode == ProcessingMode.IMAGE) {
            return new ImageModeTracker(
                    detectorFactory.open(), masks, config.limits().maxObjects());
        }
        if (masks.isEmpty()) {
            return new TrackingByDetection(detectorFactory.open(), new ByteTrack(boxRules()));
        }
        var strategy = strategies.follow(control.strategy());
        return new PromptedTracker(masks.get(), strategy, config.limits(), maskRules());
    }

    /// As messages name it: `sam2`, `bilateral`, `bytetrack`.
    public String trackerName() {
        return factory.factory().map(MaskTracker.Factory::name).orElse("bytetrack");
    }

    /// What has become of the runs of all networks: of those that follow objects, find them, and know words.
    public List<ModelStatistics> statistics() {
        var all = new ArrayList<ModelStatistics>();
        factory.factory().ifPresent(masks -> all.addAll(masks.statistics()));
        detectorFactory.statistics().ifPresent(all::add);
        all.addAll(text.statistics());
        return List.copyOf(all);
    }

    /// What the networks run on, as the one that works most: of those that follow objects, else of the detector; the
    /// processor where there is none.
    public ExecutionProvider provider() {
        return factory.provider().or(detectorFactory::provider).orElse(ExecutionProvider.NONE);
    }

    /// GPU memory that all networks together may take, in 2^20 bytes; 0 where they take none.
    public long gpuLimitMebibytes() {
        return statistics().stream().mapToLong(ModelStatistics::gpuLimitBytes).sum() >> MEBIBYTE_BITS;
    }

    /// Why the objects of a stream cannot be looked for in this way; empty where they can.
    ///
    /// - `words`: what a strategy of words is to look for
    public Optional<String> missing(StrategyKind kind, String words) {
        return factory.factory().isEmpty()
                ? Optional.of("objects are followed by their boxes here (VIDEO_TRACKER_TYPE=mot): whatever the detector"
                        + " finds is followed, and no other strategy can be chosen")
                : strategies.missing(kind, words);
    }

    /// The names that the detector can give; empty where it knows none.
    public List<String> labels() {
        return detectorFactory
                .ofModel()
                .map(PromptStrategies.DetectorSource::labels)
                .orElse(List.of());
    }

    /// Divides whole frames with the same models; ends with this.
    public AutomaticMaskService wholeFrames() {
        return factory.wholeFrames();
    }

    /// As messages name it: `yolox_nano` or `motion`.
    public String detectorName() {
        return detectorFactory.name();
    }

    /// Why it is this detector, in one line.
    public String reason() {
        return detectorFactory.reason();
    }

    @Override
    public void close() {
        factory.close();
        detectorFactory.close();
    }

    /// The masks of a tracker without a network slide more easily.
    private TrackLifecycleConfig maskRules() {
        return trackerName().equals(BilateralTrackers.NAME)
                ? TrackLifecycleConfig.DOUBTFUL
                : TrackLifecycleConfig.DEFAULT;
    }

    private ByteTrackConfig boxRules() {
        return detectorFactory.isMotion() ? ByteTrackConfig.SHY : ByteTrackConfig.DEFAULT;
    }
}
