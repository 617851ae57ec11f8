package dev.aerie.vision.sot;

import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import java.nio.file.Path;
import java.util.Map;

/// The two networks of [NanoTrack]: one that makes features of an image, one that compares those of the object with
/// those of the place where it is searched. Shared by any number of trackers; owns native memory until [#close].
public final class NanoTrackModel implements AutoCloseable {

    /// Files in a folder of models, as their publisher names them.
    public static final String BACKBONE_FILE = "nanotrack_backbone.onnx";

    public static final String HEAD_FILE = "nanotrack_head.onnx";

    /// Sides of the square images, in pixels.
    static final int TEMPLATE_SIDE = 127;

    static final int SEARCH_SIDE = 255;

    /// Distance of two grid points in the search image, in pixels.
    static final int STRIDE = 16;

    /// Grid points along each side of the answer.
    static final int GRID = 15;

    static final TensorShape TEMPLATE_IMAGE = TensorShape.of(1, 3, TEMPLATE_SIDE, TEMPLATE_SIDE);
    static final TensorShape SEARCH_IMAGE = TensorShape.of(1, 3, SEARCH_SIDE, SEARCH_SIDE);
    static final TensorShape TEMPLATE_FEATURES = TensorShape.of(1, 96, 8, 8);
    static final TensorShape SEARCH_FEATURES = TensorShape.of(1, 96, 16, 16);

    /// Background and object for each grid point, before the softmax.
    static final TensorShape CLASSES = TensorShape.of(1, 2, GRID, GRID);

    /// Distances from each grid point to the left, top, right and bottom side, in pixels of the search image.
    static final TensorShape SIDES = TensorShape.of(1, 4, GRID, GRID);

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final OnnxModel backbone;
    private final OnnxModel head;

    private NanoTrackModel(OnnxModel backbone, OnnxModel head) {
        this.backbone = backbone;
        this.head = head;
    }

    /// Loads [#BACKBONE_FILE] and [#HEAD_FILE] from `folder`; throws [ModelException] if one is missing or is another
    /// network. The backbone was exported for the search image alone; its sides are opened for the template.
    public static NanoTrackModel open(Path folder, InferenceDevice device) throws ModelException {
        var backbone = OnnxModel.open(Graph.read(folder.resolve(BACKBONE_FILE)).withOpenSides(), device);
        try {
            backbone.require(INPUT, TEMPLATE_IMAGE, OUTPUT, TEMPLATE_FEATURES);
            backbone.require(INPUT, SEARCH_IMAGE, OUTPUT, SEARCH_FEATURES);
            return new NanoTrackModel(backbone, openHead(folder, device));
        } catch (ModelException e) {
            backbone.close();
            throw e;
        }
    }

    private static OnnxModel openHead(Path folder, InferenceDevice device) throws ModelException {
        var head = OnnxModel.open(folder.resolve(HEAD_FILE), device);
        try {
            head.require("input1", TEMPLATE_FEATURES, "output1", CLASSES);
            head.require("input2", SEARCH_FEATURES, "output2", SIDES);
            return head;
        } catch (ModelException e) {
            head.close();
            throw e;
        }
    }

    /// Writes the features of `image`; both lent.
    void encode(Tensor image, Tensor features) throws ModelException {
        backbone.runWithSampledCheck(Map.of(INPUT, image), Map.of(OUTPUT, features));
    }

    /// Writes the classes and sides of each grid point; all lent.
    void compare(Tensor template, Tensor search, Tensor classes, Tensor sides) throws ModelException {
        head.runWithSampledCheck(
                Map.of("input1", template, "input2", search), Map.of("output1", classes, "output2", sides));
    }

    @Override
    public void close() {
        backbone.close();
        head.close();
    }
}
