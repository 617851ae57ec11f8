package dev.aerie.vision.sot;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.Tensor;
import dev.aerie.vision.onnx.TensorShape;
import org.bytedeco.opencv.opencv_core.Scalar;

/// A small learned tracker: compares the object as it was pointed out with the surroundings of its last position.
///
/// It never learns while it runs: what it was shown first stays the object. Sources: SiamRPN (Li et al. 2018), sections
/// 3 and 4.3, for crops, penalty and window; Siamese Box Adaptive Network (Chen et al. 2020) for a grid that measures
/// the distances to the sides; the networks and constants are NanoTrack's, version 3.
public final class NanoTrack implements SingleObjectTracker {

    /// As messages and settings name it.
    public static final String NAME = "nanotrack";

    private static final double MIN_SIDE_PIXELS = 10;

    private final NanoTrackModel model;
    private final NanoTrackConfig config;
    private final GridAnswer answer;
    private final Tensor templateImage = allocate(NanoTrackModel.TEMPLATE_IMAGE);
    private final Tensor searchImage = allocate(NanoTrackModel.SEARCH_IMAGE);
    private final Tensor template = allocate(NanoTrackModel.TEMPLATE_FEATURES);
    private final Tensor search = allocate(NanoTrackModel.SEARCH_FEATURES);
    private final Tensor classes = allocate(NanoTrackModel.CLASSES);
    private final Tensor sides = allocate(NanoTrackModel.SIDES);
    private final SquareCrop templateCrop = new SquareCrop(templateImage, NanoTrackModel.TEMPLATE_SIDE);
    private final SquareCrop searchCrop = new SquareCrop(searchImage, NanoTrackModel.SEARCH_SIDE);
    private Scalar outside = new Scalar();
    private boolean hasObject;
    private double centreX;
    private double centreY;
    private double width;
    private double height;

    /// - `model`: lent, must outlive this
    public NanoTrack(NanoTrackModel model, NanoTrackConfig config) {
        this.model = model;
        this.config = config;
        this.answer = new GridAnswer(config);
    }

    private static Tensor allocate(TensorShape shape) {
        return Tensor.allocate(ElementType.FLOAT32, shape);
    }

    @Override
    public void begin(VideoFrame frame, Box box) throws ModelException {
        double x = box.leftPixels() + box.widthPixels() / 2;
        double y = box.topPixels() + box.heightPixels() / 2;
        if (!(box.areaPixels() > 0 && isWithin(x, y, frame.size()))) {
            throw new IllegalArgumentException("expected a box with sides above 0 and its centre in the frame of "
                    + frame.size() + ", was " + box);
        }
        centreX = x;
        centreY = y;
        width = box.widthPixels();
        height = box.heightPixels();
        outside.close();
        outside = SquareCrop.meanColour(frame);
        model.encode(templateCrop.draw(frame, x, y, templatePixels(), outside), template);
        hasObject = true;
    }

    private static boolean isWithin(double x, double y, FrameSize size) {
        return x >= 0 && y >= 0 && x <= size.widthPixels() && y <= size.heightPixels();
    }

    /// Side of the template's square in the frame: the object with its surroundings.
    private double templatePixels() {
        double context = config.contextAmount() * (width + height);
        return Math.sqrt((width + context) * (height + context));
    }

    @Override
    public ObjectEstimate update(VideoFrame frame) throws ModelException {
        if (!hasObject) {
            throw new IllegalStateException("update comes after begin");
        }
        double templatePixels = templatePixels();
        double scale = NanoTrackModel.TEMPLATE_SIDE / templatePixels;
        double searchPixels = templatePixels * NanoTrackModel.SEARCH_SIDE / NanoTrackModel.TEMPLATE_SIDE;
        model.encode(searchCrop.draw(frame, centreX, centreY, searchPixels, outside), search);
        model.compare(template, search, classes, sides);
        move(answer.best(classes.floats(), sides.floats(), width * scale, height * scale), scale, frame.size());
        return new ObjectEstimate(
                new Box(centreX - width / 2, centreY - height / 2, width, height), answer.bestScore());
    }

    private void move(GridAnswer.Best best, double scale, FrameSize size) {
        double rate = best.trust() * config.learningRate();
        centreX = Math.clamp(centreX + best.offsetX() / scale, 0.0, size.widthPixels());
        centreY = Math.clamp(centreY + best.offsetY() / scale, 0.0, size.heightPixels());
        width = within(width + rate * (best.width() / scale - width), size.widthPixels());
        height = within(height + rate * (best.height() / scale - height), size.heightPixels());
    }

    private static double within(double side, double max) {
        return Math.clamp(side, Math.min(MIN_SIDE_PIXELS, max), max);
    }

    @Override
    public String name() {
        return NAME;
    }

    /// Closes its own memory; the model stays open.
    @Override
    public void close() {
        templateCrop.close();
        searchCrop.close();
        outside.close();
        for (Tensor tensor : new Tensor[] {templateImage, searchImage, template, search, classes, sides}) {
            tensor.close();
        }
    }
}
