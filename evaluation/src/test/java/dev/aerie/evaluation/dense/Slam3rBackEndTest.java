package dev.aerie.evaluation.dense;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.simulator.world.Scene;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.dense.slam3r.PointNets;
import dev.aerie.slam.dense.slam3r.Slam3rBackEnd;
import dev.aerie.slam.dense.slam3r.Slam3rStatistics;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.tuning.Slam3rConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/// SLAM3R's rules on the simulator's true points: keyframes of a flight, in a map whose unit is 2.7 m.
final class Slam3rBackEndTest {

    private static final int SIDE = 64;
    private static final Sim3 MAP_FROM_TRUTH =
            new Sim3(Rotation.exp(new Vector3(0.7, -2, 1.1)), new Vector3(3, 4, 5), 1 / 2.7);
    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(114, SIDE, 71);
    private static final double APART_SECONDS = 0.3;
    private static final Scene SCENE = Scenario.TOWN.scene(7);

    private boolean hasLandmarks = true;

    private static RigidTransform truePose(long keyframe) {
        return SCENE.trajectory().worldFromCamera(3 + keyframe * APART_SECONDS);
    }

    private static RigidTransform pose(long keyframe) {
        var truth = truePose(keyframe);
        return new RigidTransform(
                MAP_FROM_TRUTH.rotation().times(truth.rotation()), MAP_FROM_TRUTH.apply(truth.translation()));
    }

    private static DenseView view(long keyframe) {
        int[] rgb = new int[CAMERA.widthPixels() * CAMERA.heightPixels()];
        Arrays.fill(rgb, 0x405060);
        return new DenseView(keyframe, CAMERA, new DenseView.Colours(rgb), pose(keyframe), 1, 30);
    }

    private static TrueView truth(DenseView view) {
        return DenseRun.trueView(SCENE, view, 3 + view.frameNumber() * APART_SECONDS);
    }

    /// Every 97th pixel of the middle, in the map's unit.
    private List<Vector3> landmarks(long keyframe) {
        List<Vector3> landmarks = new ArrayList<>();
        if (hasLandmarks) {
            var truth = truth(view(keyframe).middle(SIDE));
            for (int pixel = 0; pixel < SIDE * SIDE; pixel += 97) {
                if (truth.isKnown(pixel)) {
                    landmarks.add(truth.point(pixel).times(MAP_FROM_TRUTH.scale()));
                }
            }
        }
        return landmarks;
    }

    private static TruePointNets nets(double drift, LongPredicate weak) {
        return new TruePointNets(SIDE, Slam3rBackEndTest::truth, new TruePointNets.Flaws(0.01, 0.1, drift, weak), 5);
    }

    private Slam3rBackEnd open(PointNets nets, Slam3rConfig config) {
        return new Slam3rBackEnd(nets, this::landmarks, config);
    }

    private static Slam3rConfig remembering(int frames, int sceneFrames) {
        var d = Slam3rConfig.DEFAULT;
        return new Slam3rConfig(
                d.radius(),
                d.firstFrames(),
                d.fewestFirstFrames(),
                d.minFirstConfidence(),
                d.sureConfidence(),
                sceneFrames,
                frames,
                d.weakConfidence(),
                d.maxWeak(),
                d.keptConfidence(),
                d.maxJump(),
                d.minLandmarks(),
                d.maxQuartileSpread(),
                d.scaleHistory(),
                d.seed());
    }

    private static void fly(Slam3rBackEnd backEnd, int from, int to) {
        for (int keyframe = from; keyframe < to; keyframe++) {
            backEnd.add(view(keyframe));
        }
    }

    private static List<Double> distances(Slam3rBackEnd backEnd, int keyframes) {
        List<Vector3> truth = new ArrayList<>();
        for (int keyframe = 0; keyframe < keyframes; keyframe++) {
            var seen = truth(view(keyframe).middle(SIDE));
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                if (seen.isKnown(pixel)) {
                    truth.add(seen.worldFromCamera().apply(seen.point(pixel)));
                }
            }
        }
        var nearest = new NearestPoints(truth, 5);
        var back = MAP_FROM_TRUTH.inverse();
        return backEnd.cloud(keyframe -> Optional.of(pose(keyframe))).points().stream()
                .map(point -> nearest.distance(back.apply(point)))
                .sorted()
                .toList();
    }

    /// The world that the points are registered in shrinks and grows by a twentieth with each keyframe: nothing of it
    /// is left in the map.
    @Test
    void cloud_worldThatDrifts_liesOnTheSurfacesInTheMapsUnit() {
        try (var backEnd = open(nets(0.05, _ -> false), remembering(7, 3))) {
            fly(backEnd, 0, 16);

            assertThat(backEnd.statistics().registered()).isEqualTo(14);
            assertThat(backEnd.statistics().held())
                    .as("seven remembered, four recent")
                    .isBetween(7, 11);
            var distances = distances(backEnd, 16);
            assertThat(distances).hasSizeGreaterThan(2000);
            assertThat(distances.get(distances.size() / 2)).as("median, metres").isLessThan(0.15);
            assertThat(distances.get(distances.size() * 9 / 10))
                    .as("nine of ten")
                    .isLessThan(0.5);
        }
    }

    @Test
    void add_threeWeakFramesInARow_beginAnotherWorld() {
        try (var backEnd = open(nets(0, frame -> frame >= 7 && frame < 10), Slam3rConfig.DEFAULT)) {
            fly(backEnd, 0, 12);
            assertThat(backEnd.statistics()).isEqualTo(new Slam3rStatistics(1, 10, 3, 0, 2));

            fly(backEnd, 12, 20);
            assertThat(backEnd.statistics()).isEqualTo(new Slam3rStatistics(2, 18, 3, 0, 10));
            var distances = distances(backEnd, 20);
            assertThat(distances.get(distances.size() / 2)).as("median, metres").isLessThan(0.15);
        }
    }

    @Test
    void add_firstFramesUnsure_waitsForBetterOnes() {
        try (var backEnd = open(nets(0, frame -> frame < 5), Slam3rConfig.DEFAULT)) {
            fly(backEnd, 0, 5);
            assertThat(backEnd.statistics()).isEqualTo(new Slam3rStatistics(0, 0, 0, 0, 4));
            fly(backEnd, 5, 9);
            assertThat(backEnd.statistics().worlds()).isEqualTo(1);
            assertThat(backEnd.cloud(keyframe -> Optional.of(pose(keyframe))).points())
                    .isNotEmpty();
        }
    }

    /// A keyframe whose scale the map does not tell takes that of those before; before there are any it has none.
    @Test
    void add_mapWithoutLandmarks_hasNoSurfacesUntilItHas() {
        hasLandmarks = false;
        try (var backEnd = open(nets(0, _ -> false), Slam3rConfig.DEFAULT)) {
            fly(backEnd, 0, 8);
            assertThat(backEnd.statistics().unanchored()).isEqualTo(6);
            hasLandmarks = true;
            fly(backEnd, 8, 9);
            hasLandmarks = false;
            fly(backEnd, 9, 12);

            assertThat(backEnd.statistics().unanchored()).isEqualTo(6);
            var distances = distances(backEnd, 12);
            assertThat(distances.get(distances.size() / 2)).as("median, metres").isLessThan(0.15);
        }
    }
}
