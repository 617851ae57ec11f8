package dev.aerie.benchmarks.handoff;

import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.site.MountingPose;
import dev.aerie.ptz.site.Reach;
import dev.aerie.ptz.site.Site;
import dev.aerie.ptz.site.SiteCamera;
import java.util.List;
import java.util.SplittableRandom;

/// Two PTZ cameras 40 m apart over a street, and ten walkers who meet between them, five each way. Each of the ten is
/// followed in turn from one camera to the other, with boxes that have errors, misses and
/// occlusions, and the real [dev.aerie.vision.mot.ByteTrack] on them.
///
/// - `reachMetres`: of both cameras: from about 25 on they overlap for every lane, below there is a gap
/// - `hasAppearance`: whether embeddings help, see [Appearances]; without, geometry alone decides
public record HandoffSeries(double reachMetres, boolean hasAppearance) {

    private static final int WALKERS = 10;
    private static final double HALF_WAY_METRES = 20;
    private static final double MAST_METRES = 6;
    private static final double MIN_DISTANCE_METRES = 3;

    /// How the ten of one seed went.
    ///
    /// - `right`: the neighbour took over the walker whom the first camera followed
    /// - `wrong`: it took over another one
    /// - `missed`: it took over nobody
    /// - `kept`: it was one walker from the choice in the first camera until five seconds after the handoff
    public record Score(int right, int wrong, int missed, int kept) {

        public int total() {
            return right + wrong + missed;
        }

        public Score plus(Score other) {
            return new Score(right + other.right, wrong + other.wrong, missed + other.missed, kept + other.kept);
        }
    }

    public Score score(long seed) {
        var random = new SplittableRandom(seed);
        var walkers = Walker.crowd(WALKERS, random);
        var site = site();
        var sum = new Score(0, 0, 0, 0);
        for (int target = 0; target < WALKERS; target++) {
            var outcome = new HandoffRun(site, walkers, target, hasAppearance, random.split()).run();
            sum = sum.plus(new Score(
                    outcome.isRight() ? 1 : 0,
                    outcome.isConfirmed() && !outcome.isRight() ? 1 : 0,
                    outcome.isConfirmed() ? 0 : 1,
                    outcome.isKept() ? 1 : 0));
        }
        return sum;
    }

    private Site site() {
        return new Site(List.of(camera("west", -HALF_WAY_METRES), camera("east", HALF_WAY_METRES)), 0);
    }

    private SiteCamera camera(String name, double eastMetres) {
        return new SiteCamera(
                name,
                MountingPose.upright(eastMetres, -4, MAST_METRES, 0),
                Personalities.TYPICAL.lens(),
                new Reach(
                        new PtzRange(-170, 170),
                        new PtzRange(-90, 20),
                        new PtzRange(1, 25),
                        MIN_DISTANCE_METRES,
                        reachMetres));
    }
}
