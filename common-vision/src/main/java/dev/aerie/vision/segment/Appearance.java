package dev.aerie.vision.segment;

import dev.aerie.vision.track.MaskTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// What an object looks like: its colours when it was first shown, and how it and its surroundings looked in the
/// pictures in which somebody said where it is. Owns native memory.
final class Appearance implements AutoCloseable {

    private static final int SURROUNDINGS_PIXELS = 61;
    private static final float FAR_WEIGHT = 0.3f;
    private static final float COLOUR_LIMIT = 3;
    /// The first picture, and the last ones in which somebody corrected the mask.
    private static final int MOST_REFERENCES = 3;

    private final BilateralConfig config;
    private final ColourModel colours;
    private final List<Reference> references = new ArrayList<>();

    private Appearance(BilateralConfig config, ColourModel colours) {
        this.config = config;
        this.colours = colours;
    }

    /// Learns from a picture and the object's mask in it.
    ///
    /// - `matched`: the coarse grid on which the object is matched, of a window round it
    static Appearance learn(BilateralConfig config, WorkPicture picture, Mat mask, Window matched) {
        var appearance = new Appearance(config, learnColours(picture, mask));
        appearance.learn(picture, mask, matched);
        return appearance;
    }

    /// Learns from one more picture; beyond the bound the oldest but the first is forgotten.
    void learn(WorkPicture picture, Mat mask, Window matched) {
        if (references.size() == MOST_REFERENCES) {
            references.remove(1).close();
        }
        var silhouette = Silhouette.of(mask);
        Descriptors descriptors = describe(picture, matched, silhouette.x(), silhouette.y());
        references.add(Reference.learn(descriptors, Reference.shares(mask, matched)));
    }

    /// In nats.
    private Plane preference(Descriptors descriptors, Window matched) {
        Plane preference = Reference.preference(references, descriptors, matched.columns(), matched.rows());
        for (int i = 0; i < preference.values().length; i++) {
            float evidence = config.matchGain() * preference.values()[i];
            preference.values()[i] = Math.clamp(evidence, -config.matchLimit(), config.matchLimit());
        }
        return preference;
    }

    /// How much more each cell's colour is the object's, in nats.
    Plane colours(Mat bgr) {
        return colours.evidence(ColourModel.bins().of(bgr), bgr.cols(), bgr.rows());
    }

    /// How much more each cell of the matched grid looks like the object, in nats.
    ///
    /// - `x`, `y`: where the object's middle should be, in the working picture
    Plane match(WorkPicture now, Window matched, double x, double y) {
        Descriptors descriptors = describe(now, matched, x, y);
        return preference(descriptors, matched);
    }

    private Descriptors describe(WorkPicture picture, Window grid, double x, double y) {
        try (var small = grid.cut(picture.bgr())) {
            double weight = config.placeWeight() * 4 / config.matchedSide();
            double limit = config.placeWeight() * 8;
            return Descriptors.of(small).placed(grid.columns(), grid.toColumn(x), grid.toRow(y), weight, limit);
        }
    }

    private static ColourModel learnColours(WorkPicture picture, Mat mask) {
        int[] bins = ColourModel.bins().of(picture.bgr());
        float[] object = Plane.of(mask, 1 / 255.0).values();
        try (var near = new Mat();
                var size = new Size(SURROUNDINGS_PIXELS, SURROUNDINGS_PIXELS);
                var square = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, size)) {
            opencv_imgproc.dilate(mask, near, square);
            float[] surroundings = Plane.of(near, 1 / 255.0).values();
            for (int i = 0; i < surroundings.length; i++) {
                surroundings[i] = (1 - object[i]) * (FAR_WEIGHT + (1 - FAR_WEIGHT) * surroundings[i]);
            }
            return ColourModel.learn(bins, object, surroundings, COLOUR_LIMIT);
        }
    }

    MaskTracker.MemoryUse memory() {
        var use = new MaskTracker.MemoryUse(colours.heapBytes(), 0);
        for (var reference : references) {
            use = use.plus(new MaskTracker.MemoryUse(0, reference.nativeBytes()));
        }
        return use;
    }

    void save(DataOutput out) throws IOException {
        colours.save(out);
        out.writeInt(references.size());
        for (var reference : references) {
            reference.save(out);
        }
    }

    static Appearance restore(BilateralConfig config, DataInput in) throws IOException {
        var appearance = new Appearance(config, ColourModel.restore(in));
        int count = in.readInt();
        if (count < 1 || count > MOST_REFERENCES) {
            throw new IOException("the state is damaged: " + count + " references");
        }
        for (int i = 0; i < count; i++) {
            appearance.references.add(Reference.restore(2 * config.matchedCells(), in));
        }
        return appearance;
    }

    @Override
    public void close() {
        references.forEach(Reference::close);
        references.clear();
    }
}
