package dev.aerie.vision.segment;

import dev.aerie.vision.track.MaskTracker;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/// Appearance of an object: its colours in the first prompted frame, descriptors of it and its background in prompted
/// frames, and descriptors of its recent background. Owns native memory.
///
/// One frame is [#match], then [#update] with the mask found in it.
final class AppearanceModel implements AutoCloseable {

    private static final int BACKGROUND_WINDOW_PIXELS = 61;
    private static final float FAR_BACKGROUND_WEIGHT = 0.3f;
    private static final float COLOUR_LIMIT = 3;
    /// The first prompted frame, and the last corrected ones.
    private static final int MAX_REFERENCES = 3;

    private final BilateralConfig config;
    private final ColourModel colours;
    private final List<Reference> references = new ArrayList<>();
    private final RecentBackground recent = new RecentBackground();
    private Optional<Match> latest = Optional.empty();

    /// The last match; `preference`: for the object, by the prompted frames.
    private record Match(Window grid, Descriptors descriptors, Plane preference) {}

    private AppearanceModel(BilateralConfig config, ColourModel colours) {
        this.config = config;
        this.colours = colours;
    }

    /// Learns from a frame and the object's mask in it.
    ///
    /// - `matched`: the coarse grid on which the object is matched, of a window round it
    static AppearanceModel learn(BilateralConfig config, WorkingImage image, Mat mask, Window matched) {
        var model = new AppearanceModel(config, learnColours(image, mask));
        model.learn(image, mask, matched);
        return model;
    }

    /// Learns from one more frame; beyond the bound the oldest but the first is dropped.
    void learn(WorkingImage image, Mat mask, Window matched) {
        recent.forget();
        if (references.size() == MAX_REFERENCES) {
            references.remove(1).close();
        }
        var maskGeometry = MaskGeometry.of(mask);
        Descriptors descriptors = describe(image, matched, maskGeometry.x(), maskGeometry.y());
        references.add(Reference.learn(descriptors, Reference.coverage(mask, matched)));
    }

    /// Log-likelihood ratio of each cell's colour, object over background, in nats.
    Plane colours(Mat bgr) {
        return colours.evidence(ColourModel.bins().of(bgr), bgr.cols(), bgr.rows());
    }

    /// Evidence of each cell of the matching grid for the object, by its descriptors, in nats.
    ///
    /// - `x`, `y`: the object's expected centre, in the working image
    Plane match(WorkingImage now, Window matched, double x, double y) {
        Descriptors descriptors = describe(now, matched, x, y);
        float[] toObject = Reference.toObject(references, descriptors);
        float[] toBackground = Reference.toBackground(references, descriptors);
        var preference = Plane.zero(matched.columns(), matched.rows());
        for (int i = 0; i < toObject.length; i++) {
            preference.values()[i] = toBackground[i] - toObject[i];
        }
        latest = Optional.of(new Match(matched, descriptors, preference));
        recent.lowerDistances(toBackground, descriptors);
        return evidence(toObject, toBackground, matched);
    }

    /// In nats; near 0 for cells that resemble neither.
    private Plane evidence(float[] toObject, float[] toBackground, Window matched) {
        var evidence = Plane.zero(matched.columns(), matched.rows());
        for (int i = 0; i < toObject.length; i++) {
            float nearest = Math.min(toObject[i], toBackground[i]);
            float nats = config.matchGain() * (toBackground[i] - toObject[i]) / (1 + nearest * nearest);
            evidence.values()[i] = Math.clamp(nats, -config.matchLimit(), config.matchLimit());
        }
        return evidence;
    }

    /// Takes the mask found in the frame matched last: 8-bit, lent.
    ///
    /// - `isSure`: whether the background may be learnt from it
    void update(Mat mask, boolean isSure) {
        if (isSure) {
            latest.ifPresent(match ->
                    recent.learn(match.descriptors(), Reference.coverage(mask, match.grid()), match.preference()));
        }
        latest = Optional.empty();
    }

    /// Learns nothing from the frame matched last.
    void skip() {
        latest = Optional.empty();
    }

    private Descriptors describe(WorkingImage image, Window grid, double x, double y) {
        try (var small = grid.crop(image.bgr())) {
            double weight = config.positionWeight() * 4 / config.matchingSide();
            double limit = config.positionWeight() * 8;
            return Descriptors.of(small).withPosition(grid.columns(), grid.toColumn(x), grid.toRow(y), weight, limit);
        }
    }

    private static ColourModel learnColours(WorkingImage image, Mat mask) {
        int[] bins = ColourModel.bins().of(image.bgr());
        float[] object = Plane.of(mask, 1 / 255.0).values();
        try (var near = new Mat();
                var size = new Size(BACKGROUND_WINDOW_PIXELS, BACKGROUND_WINDOW_PIXELS);
                var square = opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, size)) {
            opencv_imgproc.dilate(mask, near, square);
            float[] background = Plane.of(near, 1 / 255.0).values();
            for (int i = 0; i < background.length; i++) {
                background[i] = (1 - object[i]) * (FAR_BACKGROUND_WEIGHT + (1 - FAR_BACKGROUND_WEIGHT) * background[i]);
            }
            return ColourModel.learn(bins, object, background, COLOUR_LIMIT);
        }
    }

    MaskTracker.MemoryUse memory() {
        var use = new MaskTracker.MemoryUse(colours.heapBytes(), 0);
        for (var reference : references) {
            use = use.plus(new MaskTracker.MemoryUse(0, reference.nativeBytes()));
        }
        return use.plus(new MaskTracker.MemoryUse(0, recent.nativeBytes()));
    }

    void save(DataOutput out) throws IOException {
        colours.save(out);
        out.writeInt(references.size());
        for (var reference : references) {
            reference.save(out);
        }
        recent.save(out);
    }

    static AppearanceModel restore(BilateralConfig config, DataInput in) throws IOException {
        var model = new AppearanceModel(config, ColourModel.restore(in));
        int count = in.readInt();
        if (count < 1 || count > MAX_REFERENCES) {
            throw new IOException("the state is damaged: " + count + " references");
        }
        for (int i = 0; i < count; i++) {
            model.references.add(Reference.restore(2 * config.matchingCells(), in));
        }
        model.recent.restore(2 * config.matchingCells(), in);
        return model;
    }

    @Override
    public void close() {
        references.forEach(Reference::close);
        references.clear();
        recent.close();
    }
}
