package dev.aerie.vision.tracker;

import dev.aerie.vision.detect.DetectionRecorder;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.mot.ByteTrackConfig;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.prompt.PromptStrategies;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.prompt.TextSearch;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.TrackingByDetection;
import dev.aerie.vision.track.VideoTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the trackers of streams from the tracker, the detector and the prompt strategies that are configured.
///
/// Owns the models that the trackers of all streams share; close it after the last of them.
public final class TrackerFactory implements VideoTrackerFactory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrackerFactory.class);

    /// Fraction of the GPU memory that the detector may take.
    private static final double DETECTOR_MEMORY_FRACTION = 0.15;

    private static final int MEBIBYTE_BITS = 20;

    /// For which the motion network may miss an object before its track ends.
    private static final Duration UNVERIFIED_MOTION = Duration.ofSeconds(1);

    private final TrackerConfig config;
    private final DetectorFactory detectorFactory;
    private final MaskTrackerFactory maskTrackerFactory;
    private final TextSearch text;
    private final PromptStrategies strategies;

    private TrackerFactory(
            TrackerConfig config,
            DetectorFactory detectorFactory,
            MaskTrackerFactory maskTrackerFactory,
            TextSearch text) {
        this.config = config;
        this.detectorFactory = detectorFactory;
        this.maskTrackerFactory = maskTrackerFactory;
        this.text = text;
        this.strategies = strategies(new DetectionRecorder(false));
        LOG.info("tracker chosen tracker={} cause={}", trackerName(), maskTrackerFactory.reason());
        LOG.info("detector chosen model={} cause={}", detectorName(), detectorFactory.reason());
    }

    /// Opens what is chosen.
    ///
    /// - `text`: lent
    /// - `inferenceDevice`: its memory is divided among all networks
    /// - throws [ModelException] where something named is not available
    public static TrackerFactory choose(
            TrackerConfig config, TextSearch text, ModelStore models, InferenceDevice inferenceDevice)
            throws ModelException {
        var detectorFactory =
                DetectorFactory.choose(config, text, models, inferenceDevice.memoryFraction(DETECTOR_MEMORY_FRACTION));
        try {
            var maskTrackerFactory = MaskTrackerFactory.choose(
                    config, models, inferenceDevice.memoryFraction(1 - DETECTOR_MEMORY_FRACTION));
            return new TrackerFactory(config, detectorFactory, maskTrackerFactory, text);
        } catch (ModelException e) {
            detectorFactory.close();
            throw e;
        }
    }

    @Override
    public VideoTracker open(ProcessingMode processingMode, StreamControl control) throws ModelException {
        Optional<MaskTracker.Factory> masks = maskTrackerFactory.factory();
        if (processingMode == ProcessingMode.SEGMENT) {
            return openSegmenter();
        }
        var recorder = new DetectionRecorder(config.recordsDetections());
        if (processingMode == ProcessingMode.IMAGE) {
            return new ImageModeTracker(
                    detectorFactory.open(recorder),
                    recorder,
                    masks,
                    config.limits().maxObjects());
        }
        if (masks.isEmpty()) {
            return new TrackingByDetection(detectorFactory.open(recorder), byteTrackConfig(), recorder);
        }
        var strategy = strategies(recorder).openSwitchable(control.strategy());
        return new PromptedTracker(masks.get(), strategy, config.limits(), lifecycleConfig(), recorder);
    }

    /// As messages name it: `sam2`, `bilateral`, `bytetrack`.
    public String trackerName() {
        return maskTrackerFactory.factory().map(MaskTracker.Factory::name).orElse("bytetrack");
    }

    /// Counts of the runs of all networks: mask tracker, detector, text detector.
    public List<ModelStatistics> statistics() {
        var all = new ArrayList<ModelStatistics>();
        maskTrackerFactory.factory().ifPresent(masks -> all.addAll(masks.statistics()));
        all.addAll(detectorFactory.statistics());
        all.addAll(text.statistics());
        return List.copyOf(all);
    }

    /// The device of the mask tracker's networks, else of the detector; the CPU where there is neither.
    public ExecutionProvider provider() {
        return maskTrackerFactory.provider().or(detectorFactory::provider).orElse(ExecutionProvider.NONE);
    }

    /// GPU memory limit of all networks together, in 2^20 bytes; 0 where none uses a GPU.
    public long gpuLimitMebibytes() {
        return statistics().stream().mapToLong(ModelStatistics::gpuLimitBytes).sum() >> MEBIBYTE_BITS;
    }

    /// Why a strategy is not available; empty where it is.
    ///
    /// - `words`: that strategy `text` is to detect
    public Optional<String> unavailableReason(StrategyKind kind, String words) {
        return maskTrackerFactory.factory().isEmpty()
                ? Optional.of("objects are tracked by their boxes here (VIDEO_TRACKER_TYPE=mot): every detection is"
                        + " tracked, and no other strategy can be chosen")
                : strategies.unavailableReason(kind, words);
    }

    /// The detector's class names; empty where it has none.
    public List<String> labels() {
        return detectorFactory.labels();
    }

    /// Segments whole frames with the same models; closed with this.
    public AutomaticMaskService automaticMasks() {
        return maskTrackerFactory.automaticMasks();
    }

    /// The detector alone, for one more stream; whoever opens it closes it.
    public Detector openDetector() throws ModelException {
        return detectorFactory.open(new DetectionRecorder(false));
    }

    /// Score from which on a detection is proposed for tracking, 0..1.
    public double minPromptScore() {
        return detectorFactory.isMotion() ? PromptStrategies.MIN_MOTION_SCORE : PromptStrategies.MIN_SCORE;
    }

    /// As messages name it: `yolox_nano`, `motion_network`, `motion`.
    public String detectorName() {
        return detectorFactory.name();
    }

    /// Why it is this detector, in one line.
    public String reason() {
        return detectorFactory.reason();
    }

    @Override
    public void close() {
        maskTrackerFactory.close();
        detectorFactory.close();
    }

    /// - `recorder`: of the stream that they are for
    private PromptStrategies strategies(DetectionRecorder recorder) {
        return new PromptStrategies(detectorFactory.source(recorder), () -> detectorFactory.openMotion(recorder), text);
    }

    private VideoTracker openSegmenter() throws ModelException {
        var service = maskTrackerFactory.automaticMasks();
        if (service.unavailableReason().isPresent()) {
            throw new ModelException("whole frames are segmented by SAM 2.1 or EdgeTAM only: "
                    + service.unavailableReason().get());
        }
        String model =
                maskTrackerFactory.factory().map(MaskTracker.Factory::model).orElseThrow();
        return new WholeFrameSegmenter(service, model, config.wholeFrames());
    }

    /// The masks of a tracker without a network drift more easily.
    private TrackLifecycleConfig lifecycleConfig() {
        if (!trackerName().equals(BilateralTrackers.NAME)) {
            return TrackLifecycleConfig.DEFAULT;
        }
        return detectorFactory.isMotionByNetwork()
                ? TrackLifecycleConfig.UNRELIABLE_MASKS.withTrustedMotion(UNVERIFIED_MOTION)
                : TrackLifecycleConfig.UNRELIABLE_MASKS;
    }

    private ByteTrackConfig byteTrackConfig() {
        return detectorFactory.isMotion() ? ByteTrackConfig.INTERMITTENT : ByteTrackConfig.DEFAULT;
    }
}
