package dev.aerie.cli.segment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.evaluation.vos.ImageFiles;
import dev.aerie.settings.Device;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.MaskOutline;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.AutomaticMask;
import dev.aerie.vision.sam2.MaskGeneratorConfig;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.tracker.AutomaticMaskService;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie segment DIR|FILE`: the masks of everything in image files, by SAM 2.1 or EdgeTAM.
///
/// Writes `NAME.json` for each, in which masks are as `POST …/segment` answers them, and `NAME.png`, the frame with its
/// masks.
@Command(
        name = "segment",
        description = "Everything in the frames of a folder, or in one image, as masks.",
        mixinStandardHelpOptions = true)
public final class SegmentCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ALL_CORES = 0;
    private static final String SESSION = "segment";

    private final Opener opener;
    private final PrintStream out;

    @Parameters(paramLabel = "DIR|FILE", description = "a folder with *.jpg and *.png, or one of them")
    private @Nullable Path source;

    @Option(names = "--out", paramLabel = "DIR", description = "where to write; DIR/masks, or masks beside FILE")
    private Optional<Path> target = Optional.empty();

    @Option(
            names = "--model",
            defaultValue = "auto",
            paramLabel = "NAME",
            description = "edgetam, sam2.1_tiny …; auto is the lightest installed")
    private String model = "";

    @Option(names = "--size", defaultValue = "1024", paramLabel = "N", description = "of the model: 512 or 1024")
    private int size;

    @Option(
            names = "--points",
            defaultValue = "32",
            paramLabel = "N",
            description = "points on each side of the grid of prompts, 1..128")
    private int points;

    /// Opens the model; whoever calls closes what it gives.
    @FunctionalInterface
    interface Opener {
        AutomaticMaskService open(String model, int sidePixels, int pointsPerSide) throws ModelException;
    }

    public SegmentCommand(ModelStore models, PrintStream out) {
        this((model, sidePixels, pointsPerSide) -> open(models, model, sidePixels, pointsPerSide), out);
    }

    SegmentCommand(Opener opener, PrintStream out) {
        this.opener = opener;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, ModelException {
        Path from = requireNonNull(source).toAbsolutePath();
        List<Path> files = files(from);
        Path folder = target.orElseGet(
                () -> (Files.isDirectory(from) ? from : requireNonNull(from.getParent())).resolve("masks"));
        try (var service = opener.open(model, size, points);
                var images = new ImageFiles(SESSION, files)) {
            Files.createDirectories(folder);
            for (int i = 0; i < files.size(); i++) {
                segment(service, images, i, files.get(i), folder);
            }
        }
        return 0;
    }

    private void segment(AutomaticMaskService service, ImageFiles images, int number, Path file, Path folder)
            throws IOException, ModelException {
        var frame = images.read(number);
        try {
            List<AutomaticMask> masks = service.segment(frame).orElse(List.of());
            String name = file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
            Files.write(folder.resolve(name + ".json"), JSON.writeValueAsBytes(json(file, frame, masks)));
            MaskedImage.write(file, masks, folder.resolve(name + ".png"));
            out.println(file.getFileName() + ": " + masks.size() + " masks");
        } finally {
            frame.release();
        }
    }

    private static ObjectNode json(Path file, VideoFrame frame, List<AutomaticMask> found) {
        ObjectNode json = JSON.createObjectNode();
        json.put("file", file.getFileName().toString());
        json.put("width", frame.size().widthPixels()).put("height", frame.size().heightPixels());
        var masks = json.putArray("masks");
        for (AutomaticMask one : found) {
            ObjectNode mask = masks.addObject();
            mask.set("bbox", JSON.valueToTree(one.mask().box()));
            mask.put("area", one.mask().areaPixels());
            mask.put("score", Math.min(1, one.predictedIou())).put("stability", one.stability());
            mask.set("mask", JSON.valueToTree(one.mask().toMessage()));
            MaskOutline.polygon(one.mask()).ifPresent(polygon -> mask.set("polygon", JSON.valueToTree(polygon)));
        }
        return json;
    }

    private static List<Path> files(Path source) throws IOException {
        if (!Files.isDirectory(source)) {
            if (!Files.isRegularFile(source)) {
                throw new IllegalArgumentException("segment: no such file or folder: " + source);
            }
            return List.of(source);
        }
        try (Stream<Path> files = Files.list(source)) {
            List<Path> images = files.filter(file -> file.toString().matches("(?i).*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
            if (images.isEmpty()) {
                throw new IllegalArgumentException("segment: no *.jpg and no *.png in " + source);
            }
            return images;
        }
    }

    private static AutomaticMaskService open(ModelStore models, String model, int sidePixels, int pointsPerSide)
            throws ModelException {
        var config = MaskGeneratorConfig.withPointsPerSide(pointsPerSide);
        var trackers = Sam2Trackers.openInstalled(
                models,
                model,
                sidePixels,
                TrackerLimits.DEFAULT,
                MemoryPolicy.SELECTIVE.config(),
                Precision.FP32,
                InferenceDevice.of(Device.AUTO, ALL_CORES));
        var generator = trackers.openGenerator(config);
        return AutomaticMaskService.with(generator::generate, () -> {
            generator.close();
            trackers.close();
        });
    }
}
