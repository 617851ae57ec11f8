package dev.aerie.slam.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.tuning.SweepConfig;
import java.util.Arrays;
import java.util.List;

/// How far a keyframe sees in each pixel, along the optical axis, in the map's unit; 0 where that is not known.
public final class DepthMap {

    private final PinholeCamera camera;
    private final float[] depths;

    /// - `depths`: row by row; owned from now on
    public DepthMap(PinholeCamera camera, float[] depths) {
        this.camera = camera;
        this.depths = depths;
    }

    /// By matching a frame with others of the same size.
    static DepthMap of(
            DenseView view,
            CensusTransform own,
            List<DenseView> others,
            List<CensusTransform> theirs,
            SweepConfig config) {
        var volume = new CostVolume(view);
        for (int i = 0; i < others.size(); i++) {
            var otherFromOwn = others.get(i).worldFromCamera().inverse().times(view.worldFromCamera());
            volume.add(own, theirs.get(i), view.camera(), otherFromOwn);
        }
        volume.average();
        short[] sums = SemiGlobal.sums(own.width(), own.height(), volume.costs());
        float[] depths = new float[own.width() * own.height()];
        for (int pixel = 0; pixel < depths.length; pixel++) {
            depths[pixel] = volume.isBlind(pixel) ? 0 : (float) depth(volume, sums, pixel, config);
        }
        return new DepthMap(view.camera(), depths);
    }

    /// The best plane's, refined by a parabola; 0 where another fits as well, or none does.
    private static double depth(CostVolume volume, short[] sums, int pixel, SweepConfig config) {
        int at = pixel * CostVolume.PLANES;
        int best = 1;
        for (int plane = 2; plane < CostVolume.PLANES - 1; plane++) {
            best = sums[at + plane] < sums[at + best] ? plane : best;
        }
        int rival = Integer.MAX_VALUE;
        for (int plane = 0; plane < CostVolume.PLANES; plane++) {
            rival = Math.abs(plane - best) > 2 ? Math.min(rival, sums[at + plane]) : rival;
        }
        int here = sums[at + best];
        if (rival < here * config.uniqueness() || volume.costs()[at + best] > config.maxCostBits()) {
            return 0;
        }
        double bend = sums[at + best - 1] - 2.0 * here + sums[at + best + 1];
        double shift = bend > 0 ? (sums[at + best - 1] - sums[at + best + 1]) / (2 * bend) : 0;
        return 1 / volume.inverseDepth(best + Math.clamp(shift, -0.5, 0.5));
    }

    PinholeCamera camera() {
        return camera;
    }

    /// 0 where it is not known.
    public double at(int pixel) {
        return depths[pixel];
    }

    /// The point that a pixel shows, in camera axes; its depth must be known.
    Vector3 point(int pixel) {
        int row = Math.floorDiv(pixel, camera.widthPixels());
        return camera.rayOf(pixel - row * camera.widthPixels(), row).times(depths[pixel]);
    }

    /// Middle of the known depths; 0 where none is.
    double median() {
        var known = new float[depths.length];
        int count = 0;
        for (float depth : depths) {
            if (depth > 0) {
                known[count++] = depth;
            }
        }
        Arrays.sort(known, 0, count);
        return count == 0 ? 0 : known[Math.floorDiv(count, 2)];
    }

    /// Whether this sees the same surface at a point that another sees there, to a share of its depth.
    ///
    /// - `point`: in the other's axes
    boolean confirms(Vector3 point, RigidTransform ownFromOther, double fraction) {
        var own = ownFromOther.apply(point);
        long column = Math.round(camera.projectX(own));
        long row = Math.round(camera.projectY(own));
        boolean isInside =
                own.z() > 0 && column >= 0 && row >= 0 && column < camera.widthPixels() && row < camera.heightPixels();
        if (!isInside) {
            return false;
        }
        double seen = depths[(int) row * camera.widthPixels() + (int) column];
        return seen > 0 && Math.abs(seen - own.z()) < fraction * seen;
    }
}
