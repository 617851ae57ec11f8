package dev.aerie.slam.feature;

import dev.aerie.slam.engine.RowTurns;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.geometry.Pixel;
import dev.aerie.slam.movable.MovableMask;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/// Finds and describes ORB features: FAST corners in 8 levels, placed between the pixels, oriented by their centre of
/// brightness, described by comparisons turned with them.
///
/// Used by one thread. Owns native memory. Source: ORB (Rublee et al. 2011), sections 3 and 4; the even spread
/// after ORB-SLAM (Mur-Artal et al. 2015), section V.A.
public final class OrbExtractor implements AutoCloseable {

    private final CameraModel camera;
    private final Pyramid pyramid;
    private final OrbPattern pattern;
    private final IntensityCentroid brightness;
    private final CornerPeak peak;
    private final List<CornerFinder> finders = new ArrayList<>();

    /// - `wanted`: how many features to find in a frame, where it has as many
    public OrbExtractor(CameraModel camera, int wanted) {
        this(camera, wanted, SlamTuning.DEFAULT_SEED);
    }

    /// - `seed`: of the descriptors; those of different seeds cannot be compared
    public OrbExtractor(CameraModel camera, int wanted, long seed) {
        this.camera = camera;
        pyramid = new Pyramid(camera.widthPixels(), camera.heightPixels());
        pattern = new OrbPattern(pyramid.stride(), seed);
        brightness = new IntensityCentroid(pyramid.stride());
        peak = new CornerPeak(pyramid.stride());
        double fraction = 0;
        for (int level = 0; level < ScaleLevels.COUNT; level++) {
            fraction += 1 / ScaleLevels.scale(level);
        }
        for (int level = 0; level < ScaleLevels.COUNT; level++) {
            int ofLevel = (int) Math.round(wanted / fraction / ScaleLevels.scale(level));
            finders.add(new CornerFinder(ofLevel, pyramid.width(level), pyramid.height(level)));
        }
    }

    /// - `grey`: 8-bit grey, of the camera's size, lent
    public Features extract(Mat grey) {
        return extract(grey, Optional.empty());
    }

    /// - `masked`: where no features are wanted
    public Features extract(Mat grey, Optional<MovableMask> masked) {
        return extract(grey, masked, RowTurns.NONE);
    }

    /// Features lie where a camera that had not turned while it read the rows would have seen them.
    ///
    /// - `masked`: where no features are wanted, in the frame as it is
    public Features extract(Mat grey, Optional<MovableMask> masked, RowTurns rowTurns) {
        pyramid.fill(grey);
        var keypoints = new ArrayList<Keypoint>();
        var descriptors = new ArrayList<Descriptor>();
        for (int level = 0; level < ScaleLevels.COUNT; level++) {
            var corners = finders.get(level).find(pyramid.level(level), masked);
            describe(level, corners, rowTurns, keypoints, descriptors);
        }
        return new Features(keypoints, descriptors);
    }

    /// Corners left out because of masks, since the beginning; of all levels.
    public long maskedCorners() {
        return finders.stream().mapToLong(CornerFinder::masked).sum();
    }

    private void describe(
            int level,
            GridKeypointSelector corners,
            RowTurns rowTurns,
            List<Keypoint> keypoints,
            List<Descriptor> descriptors) {
        for (int i = 0; i < corners.count(); i++) {
            int centre = corners.y(i) * pyramid.stride() + corners.x(i);
            double offsetX = peak.offset(pyramid.sharp(level), centre, 1);
            double offsetY = peak.offset(pyramid.sharp(level), centre, pyramid.stride());
            var position = inFrame(level, corners.x(i) + offsetX, corners.y(i) + offsetY);
            var ideal = toIdeal(position, rowTurns);
            if (ideal.isPresent()) {
                double angle = brightness.direction(pyramid.sharp(level), centre);
                keypoints.add(new Keypoint(ideal.get().x(), ideal.get().y(), level, angle));
                descriptors.add(pattern.describe(pyramid.smooth(level), centre, angle));
            }
        }
    }

    /// Empty where the lens, or the turn, leaves what the ideal pinhole can see well.
    private Optional<Pixel> toIdeal(Pixel position, RowTurns rowTurns) {
        var ideal = camera.toIdeal(position.x(), position.y());
        if (rowTurns.turns().isEmpty()) {
            return ideal;
        }
        double row = (position.y() + 0.5) / camera.heightPixels();
        return ideal.flatMap(seen -> {
            var ray = camera.ideal().rayOf(seen.x(), seen.y());
            return camera.ideal().project(rowTurns.atCapture(row, ray));
        });
    }

    /// Where a place in a level lies in the frame: centres of pixels are at whole numbers in both.
    private Pixel inFrame(int level, double x, double y) {
        double scaleX = (double) camera.widthPixels() / pyramid.width(level);
        double scaleY = (double) camera.heightPixels() / pyramid.height(level);
        return new Pixel((x + 0.5) * scaleX - 0.5, (y + 0.5) * scaleY - 0.5);
    }

    @Override
    public void close() {
        pyramid.close();
        finders.forEach(CornerFinder::close);
    }
}
