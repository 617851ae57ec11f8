package dev.aerie.frames.sight;

import dev.aerie.frames.follow.MaskFollower;
import dev.aerie.frames.pipeline.Mode;
import dev.aerie.frames.pipeline.StreamControl;
import dev.aerie.frames.pipeline.Trackers;
import dev.aerie.frames.prompt.PromptStrategies;
import dev.aerie.frames.prompt.StrategyKind;
import dev.aerie.frames.prompt.TextSearch;
import dev.aerie.frames.targets.TargetRules;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.mot.ByteTrack;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.Compute;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.DetectingTracker;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.VideoTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What looks at pictures here: which tracker, which detector, what proposes objects.
///
/// Owns the models that the trackers of all streams share; close it after the last of them.
public final class Sight implements Trackers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sight.class);

    /// Of the GPU memory, what the detector may take.
    private static final double DETECTOR_SHARE = 0.15;

    private static final int MEBIBYTE_BITS = 20;

    private final SightChoice choice;
    private final Detectors detectors;
    private final MaskEngines engines;
    private final TextSearch text;
    private final PromptStrategies strategies;

    private Sight(SightChoice choice, Detectors detectors, MaskEngines engines, TextSearch text) {
        this.choice = choice;
        this.detectors = detectors;
        this.engines = engines;
        this.text = text;
        this.strategies = new PromptStrategies(detectors.ofModel(), text);
        LOG.info("tracker chosen tracker={} cause={}", trackerName(), engines.reason());
        LOG.info("detector chosen model={} cause={}", detectorName(), detectors.reason());
    }

    /// Opens what is chosen.
    ///
    /// - `text`: lent
    /// - `compute`: shared out among all that is opened
    /// - throws [ModelException] where something is asked for by name and cannot be had
    public static Sight choose(SightChoice choice, TextSearch text, ModelStore models, Compute compute)
            throws ModelException {
        var detectors = Detectors.choose(choice.detector(), choice.classes(), models, compute.share(DETECTOR_SHARE));
        try {
            var engines = MaskEngines.choose(choice, models, compute.share(1 - DETECTOR_SHARE));
            return new Sight(choice, detectors, engines, text);
        } catch (ModelException e) {
            detectors.close();
            throw e;
        }
    }

    @Override
    public VideoTracker open(Mode mode, StreamControl control) throws ModelException {
        Optional<MaskTracker.Factory> masks = engines.factory();
        if (mode == Mode.IMAGE) {
            return new PictureByPicture(detectors.open(), masks, choice.limits().maxObjects());
        }
        if (masks.isEmpty()) {
            return new DetectingTracker(detectors.open(), new ByteTrack(boxRules()));
        }
        var strategy = strategies.follow(control.strategy());
        return new MaskFollower(masks.get(), strategy, choice.limits(), maskRules());
    }

    /// As messages name it: `sam2`, `bilateral`, `bytetrack`.
    public String trackerName() {
        return engines.factory().map(MaskTracker.Factory::name).orElse("bytetrack");
    }

    /// What has become of the runs of all networks: of those that follow objects, find them, and know words.
    public List<ModelStatistics> statistics() {
        var all = new ArrayList<ModelStatistics>();
        engines.factory().ifPresent(masks -> all.addAll(masks.statistics()));
        detectors.statistics().ifPresent(all::add);
        all.addAll(text.statistics());
        return List.copyOf(all);
    }

    /// What the networks run on, as the one that works most: of those that follow objects, else of the detector; the
    /// processor where there is none.
    public ExecutionProvider provider() {
        return engines.provider().or(detectors::provider).orElse(ExecutionProvider.NONE);
    }

    /// GPU memory that all networks together may take, in 2^20 bytes; 0 where they take none.
    public long gpuLimitMebibytes() {
        return statistics().stream().mapToLong(ModelStatistics::gpuLimitBytes).sum() >> MEBIBYTE_BITS;
    }

    /// Why the objects of a stream cannot be looked for in this way; empty where they can.
    ///
    /// - `words`: what a strategy of words is to look for
    public Optional<String> missing(StrategyKind kind, String words) {
        return engines.factory().isEmpty()
                ? Optional.of("objects are followed by their boxes here (VIDEO_TRACKER_TYPE=mot): whatever the detector"
                        + " finds is followed, and no other strategy can be chosen")
                : strategies.missing(kind, words);
    }

    /// The names that the detector can give; empty where it knows none.
    public List<String> labels() {
        return detectors.ofModel().map(PromptStrategies.DetectorSource::labels).orElse(List.of());
    }

    /// Divides whole pictures with the same models; ends with this.
    public WholePictures wholePictures() {
        return engines.wholePictures();
    }

    /// As messages name it: `yolox_nano` or `motion`.
    public String detectorName() {
        return detectors.name();
    }

    /// Why it is this detector, in one line.
    public String reason() {
        return detectors.reason();
    }

    @Override
    public void close() {
        engines.close();
        detectors.close();
    }

    /// The masks of a tracker without a network slide more easily.
    private TargetRules maskRules() {
        return trackerName().equals(BilateralTrackers.NAME) ? TargetRules.DOUBTFUL : TargetRules.USUAL;
    }

    private ByteTrackConfig boxRules() {
        return detectors.isMotion() ? ByteTrackConfig.SHY : ByteTrackConfig.DEFAULT;
    }
}
