package dev.aerie.vision.text;

import static java.util.Objects.requireNonNull;

import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.DetectionResult;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import dev.aerie.vision.onnx.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/// Grounding DINO: detects objects that words describe, each with the words that it matches.
///
/// Runs the graph that comes with Aerie ([#openInstalled]), or any ONNX export that keeps the names of the publisher's
/// own: `pixel_values`, `input_ids`,
/// `attention_mask`, and where the model has them `token_type_ids`, `pixel_mask`; out come `logits` (queries ×
/// 256 pieces) and `pred_boxes` (centre and size as shares of the frame). Safe for several threads; owns native
/// memory until [#close].
///
/// Source: Liu et al. 2023, "Grounding DINO"; preparation and thresholds as the publisher's processor has them.
public final class GroundingDino implements AutoCloseable {

    /// What [#open] expects in its folder.
    public static final String MODEL_FILE = "model.onnx";

    /// What [#open] expects beside the model.
    public static final String TOKENIZER_FILE = "tokenizer.json";

    /// As the manifest names it.
    public static final String NAME = "grounding_dino";

    /// The publisher's `tokenizer.json` beside the installed weights.
    public static final String INSTALLED_TOKENIZER = NAME + ".tokenizer.json";

    private static final String GRAPH = "detector";
    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;
    private static final String PIXELS = "pixel_values";
    private static final String IDS = "input_ids";
    private static final String TYPES = "token_type_ids";
    private static final String ATTENTION = "attention_mask";
    private static final String PIXEL_MASK = "pixel_mask";
    private static final Set<String> OUTPUTS = Set.of(DinoOutput.LOGITS, DinoOutput.BOXES);
    private static final Set<String> NEEDED = Set.of(PIXELS, IDS, ATTENTION);
    private static final Set<String> KNOWN = Set.of(PIXELS, IDS, ATTENTION, TYPES, PIXEL_MASK);

    private final OnnxModel model;
    private final WordPieces pieces;
    private final double minScore;
    private final double minWordScore;

    private GroundingDino(OnnxModel model, WordPieces pieces, double minScore, double minWordScore) {
        this.model = model;
        this.pieces = pieces;
        this.minScore = minScore;
        this.minWordScore = minWordScore;
    }

    /// Opens [#MODEL_FILE] and [#TOKENIZER_FILE] of `folder`.
    ///
    /// - `minScore`: of a box's best piece, 0..1; the publisher's examples take 0.25
    /// - `minWordScore`: of a piece that is part of the label, 0..1
    /// - throws [ModelException] that says what is missing or wrong
    public static GroundingDino open(Path folder, double minScore, double minWordScore, InferenceDevice inferenceDevice)
            throws ModelException {
        for (String name : List.of(MODEL_FILE, TOKENIZER_FILE)) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new ModelException("Grounding DINO needs " + folder.resolve(name) + ", which is missing");
            }
        }
        return open(
                Graph.read(folder.resolve(MODEL_FILE)),
                folder.resolve(TOKENIZER_FILE),
                minScore,
                minWordScore,
                inferenceDevice);
    }

    /// Whether its weights are installed in `models`.
    public static boolean isInstalled(ModelStore models) {
        return models.manifest().find(NAME).flatMap(models::installed).isPresent();
    }

    /// Opens the weights that are installed in `models`; empty where there are none. The rest as [#open].
    public static Optional<GroundingDino> openInstalled(
            ModelStore models, double minScore, double minWordScore, InferenceDevice inferenceDevice)
            throws ModelException {
        if (!isInstalled(models)) {
            return Optional.empty();
        }
        Path tokenizer = models.directory().resolve(INSTALLED_TOKENIZER);
        if (!Files.isRegularFile(tokenizer)) {
            throw new ModelException(
                    "Grounding DINO is installed, but not its publisher's tokenizer.json, expected as " + tokenizer);
        }
        var graphs = ModelGraphs.find(NAME).orElseThrow();
        return Optional.of(open(graph(graphs, models.directory()), tokenizer, minScore, minWordScore, inferenceDevice));
    }

    /// The graph of `graphs` with its weights in the folder `weights`.
    static Graph graph(ModelGraphs graphs, Path weights) {
        return Graph.withWeightsIn(weights, NAME, graphs.graph(graphs.sizes().getFirst(), GRAPH));
    }

    static GroundingDino open(
            Graph graph, Path tokenizer, double minScore, double minWordScore, InferenceDevice inferenceDevice)
            throws ModelException {
        var pieces = WordPieces.open(tokenizer);
        try {
            var model = OnnxModel.open(graph, inferenceDevice);
            return checked(new GroundingDino(model, pieces, minScore, minWordScore));
        } catch (ModelException e) {
            pieces.close();
            throw e;
        }
    }

    /// The objects in `frame`, lent for the call, that `words` describe, best first; each label is a part of
    /// `words`.
    ///
    /// - `words`: names of things, each ended by a full stop: `red car. person.`
    /// - throws [ModelException] if the model fails
    public List<Detection> detect(VideoFrame frame, String words) throws ModelException {
        var asked = pieces.of(words);
        return detect(frame, asked, scores -> matchingWords(asked, scores));
    }

    /// A detector of the classes `names` for one more stream, which lends this network; see [ClassNames].
    ///
    /// Throws [ModelException] for names that the network cannot read.
    public Detector detectorOf(List<String> names) throws ModelException {
        var classNames = ClassNames.of(names, pieces);
        return new Detector() {
            @Override
            public DetectionResult detect(VideoFrame frame) throws ModelException {
                var found = GroundingDino.this.detect(
                        frame, classNames.pieces(), scores -> classNames.best(scores, minScore));
                return new DetectionResult(found, Optional.empty());
            }

            @Override
            public String name() {
                return NAME;
            }

            @Override
            public void close() {
                // The network is lent.
            }
        };
    }

    private List<Detection> detect(VideoFrame frame, WordPieces.Pieces asked, DinoOutput.Labelling labelling)
            throws ModelException {
        // Columns that stand for no piece of a word are −∞.
        try (var in = inputs(frame, asked);
                var out = model.runWithFullCheck(in.asMap(), OUTPUTS, Set.of(DinoOutput.LOGITS))) {
            return DinoOutput.read(out, asked.ids().size(), labelling, frame);
        }
    }

    /// What it runs on.
    public ExecutionProvider provider() {
        return model.provider();
    }

    /// Counts of the runs of its networks.
    public List<ModelStatistics> statistics() {
        return List.of(model.statistics());
    }

    @Override
    public void close() {
        model.close();
        pieces.close();
    }

    private static GroundingDino checked(GroundingDino detector) throws ModelException {
        var in = detector.model.inputs().keySet();
        var out = detector.model.outputs().keySet();
        if (in.containsAll(NEEDED) && KNOWN.containsAll(in) && out.containsAll(OUTPUTS)) {
            return detector;
        }
        detector.close();
        throw new ModelException("the model takes %s and gives %s, expected of Grounding DINO %s and %s"
                .formatted(in, out, KNOWN, OUTPUTS));
    }

    private Tensors inputs(VideoFrame frame, WordPieces.Pieces asked) {
        DinoImage image = image(frame.size());
        var in = new Tensors().put(PIXELS, image.tensor(frame));
        var row = TensorShape.of(1, asked.ids().size());
        in.put(IDS, longs(row, i -> asked.ids().get((int) i)));
        in.put(ATTENTION, longs(row, _ -> 1));
        if (model.inputs().containsKey(TYPES)) {
            in.put(TYPES, longs(row, i -> asked.typeIds().get((int) i)));
        }
        if (model.inputs().containsKey(PIXEL_MASK)) {
            in.put(PIXEL_MASK, image.mask());
        }
        return in;
    }

    private DinoImage image(FrameSize frame) {
        List<Long> shape = requireNonNull(model.inputs().get(PIXELS)).shape().dimensions();
        return shape.get(HEIGHT) > 0 && shape.get(WIDTH) > 0
                ? DinoImage.within(frame, Math.toIntExact(shape.get(HEIGHT)), Math.toIntExact(shape.get(WIDTH)))
                : DinoImage.of(frame);
    }

    private static Tensor longs(TensorShape shape, LongUnaryOperator value) {
        var tensor = Tensor.allocate(ElementType.INT64, shape);
        var numbers = tensor.longs();
        for (int i = 0; i < shape.elements(); i++) {
            numbers.put(i, value.applyAsLong(i));
        }
        return tensor;
    }

    /// The words of `asked` that an object matches.
    private Optional<DinoOutput.Label> matchingWords(WordPieces.Pieces asked, double[] scores) {
        double best = 0;
        var matching = new ArrayList<Long>();
        for (int piece = 0; piece < scores.length; piece++) {
            if (asked.isWord().get(piece)) {
                best = Math.max(best, scores[piece]);
                if (scores[piece] > minWordScore) {
                    matching.add(asked.ids().get(piece));
                }
            }
        }
        return best <= minScore || matching.isEmpty()
                ? Optional.empty()
                : Optional.of(new DinoOutput.Label(pieces.words(matching), best));
    }
}
