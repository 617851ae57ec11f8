package dev.aerie.vision.sam2;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.models.Model;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes trackers of one model at one size; owns its networks, which they share. Safe for several threads.
public final class Sam2Trackers implements MaskTracker.Factory {

    /// The tracker's name in messages and settings.
    public static final String NAME = "sam2";

    private static final String AUTO = "auto";
    private static final List<String> LIGHTEST_FIRST =
            List.of("edgetam", "sam2.1_tiny", "sam2.1_small", "sam2.1_base_plus", "sam2.1_large");

    private final Networks networks;
    private final TrackerLimits limits;
    private final MemoryAdmissionConfig admission;

    private Sam2Trackers(Networks networks, TrackerLimits limits, MemoryAdmissionConfig admission) {
        this.networks = networks;
        this.limits = limits;
        this.admission = admission;
    }

    /// Opens the model's networks.
    ///
    /// - `sidePixels`: of the square that frames are stretched to, one of `modelGraphs.sizes()`
    /// - `weights`: the folder of the model's weights file
    /// - throws [ModelException] if they cannot be opened or the device is not available
    public static Sam2Trackers open(
            ModelGraphs modelGraphs,
            int sidePixels,
            Path weights,
            TrackerLimits limits,
            MemoryAdmissionConfig admission,
            Precision precision,
            InferenceDevice inferenceDevice)
            throws ModelException {
        var networks = Networks.open(modelGraphs, sidePixels, weights, precision, inferenceDevice);
        return new Sam2Trackers(networks, limits, admission);
    }

    /// Opens an installed model.
    ///
    /// - `model`: of the manifest, or `auto` for the lightest that is installed
    /// - throws [ModelException] if it is not installed, cannot be opened, or the device is not available
    public static Sam2Trackers openInstalled(
            ModelStore models,
            String model,
            int sidePixels,
            TrackerLimits limits,
            MemoryAdmissionConfig admission,
            Precision precision,
            InferenceDevice inferenceDevice)
            throws ModelException {
        Model installed = find(models, model)
                .orElseThrow(() -> new ModelException("%s is installed in %s; ./aerie models get edgetam installs one"
                        .formatted(
                                model.equals(AUTO) ? "neither SAM 2.1 nor EdgeTAM" : "no " + model,
                                models.directory())));
        ModelGraphs modelGraphs = installed.structure();
        if (!modelGraphs.sizes().contains(sidePixels)) {
            throw new ModelException("%s has graphs of the sizes %s, not of %d"
                    .formatted(installed.name(), modelGraphs.sizes(), sidePixels));
        }
        return open(modelGraphs, sidePixels, models.directory(), limits, admission, precision, inferenceDevice);
    }

    /// The model that [#openInstalled] would open; empty where none is installed.
    public static Optional<Model> find(ModelStore models, String model) {
        List<String> wanted = model.equals(AUTO) ? LIGHTEST_FIRST : List.of(model);
        return wanted.stream()
                .flatMap(name -> models.manifest().find(name).stream())
                .filter(known -> known.format() == Model.Format.CHECKPOINT)
                .filter(known -> models.installed(known).isPresent())
                .findFirst();
    }

    /// The same networks, what one writes only for the next staying on their device; whoever opened these closes them.
    Sam2Trackers keepingOnDevice() {
        return new Sam2Trackers(networks.keepingOnDevice(), limits, admission);
    }

    /// The same networks, with other rules for what is remembered; whoever opened these closes them.
    Sam2Trackers admitting(MemoryAdmissionConfig otherAdmission) {
        return new Sam2Trackers(networks, limits, otherAdmission);
    }

    /// Runs every network once with the usual shapes, so that the first frame is as fast as the others and memory
    /// is allocated now.
    public void warmUp() throws ModelException {
        int side = networks.geometry().sidePixels();
        var click = new Prompt.Click(new Point(side / 2.0, side / 2.0), true);
        try (var tracker = open(new FrameSize(side, side), 1, 1)) {
            tracker.prompt(blank(side, 0), List.of(new Prompt.PointPrompt(1, List.of(click))));
            for (int frame = 1; frame <= ObjectMemory.RECENT_MEMORIES + 1; frame++) {
                tracker.process(blank(side, frame));
            }
        }
    }

    private static VideoFrame blank(int sidePixels, long frameNumber) {
        var stamp = new FrameStamp(new FrameId("none", "local-none", frameNumber), 0, CaptureClock.ARRIVAL);
        return HeapFrame.black(stamp, new FrameSize(sidePixels, sidePixels));
    }

    @Override
    public Sam2Tracker open(FrameSize size, int maxObjects, int bufferedFrames) {
        return new Sam2Tracker(networks, limits, admission, size, maxObjects, bufferedFrames);
    }

    /// Segments whole frames with the same networks; whoever opens it closes it, before this.
    public MaskGenerator openGenerator(MaskGeneratorConfig config) {
        return new MaskGenerator(networks, config);
    }

    /// The networks' device.
    public ExecutionProvider provider() {
        return networks.provider();
    }

    @Override
    public List<ModelStatistics> statistics() {
        return networks.statistics();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String model() {
        return networks.model();
    }

    @Override
    public void close() {
        networks.close();
    }
}
