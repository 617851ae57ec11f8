package dev.aerie.slam.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Features;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.slam.map.FrameFeatures;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.LoopConfig;
import dev.aerie.slam.tuning.MatchingConfig;
import dev.aerie.slam.tuning.PlaceConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A camera flies 30 m along a wall, sideways, a keyframe every half metre; then it sees a part of the wall again,
/// which the map has elsewhere.
final class LoopVerifierTest {

    private static final PinholeCamera CAMERA = PinholeCamera.ofFieldOfView(640, 480, 70);
    private static final double STEP_METRES = 0.5;
    private static final int FIRST_PASS = 60;
    private static final int POINTS_PER_METRE = 25;
    private static final double RETURNS_AT_METRES = 2;
    private static final Vector3 UP = new Vector3(0, -1, 0);

    private final SplittableRandom random = new SplittableRandom(5);
    private final SlamMap map = new SlamMap();
    private final PlaceIndex places = new PlaceIndex(PlaceConfig.DEFAULT);
    private final LoopVerifier verifier = verifier(Optional.empty());
    private final List<Point> wall = points(-5, 36);
    private final List<Point> otherWall = points(95, 120);
    private int submap;

    private LoopVerifier verifier(Optional<Vector3> up) {
        return new LoopVerifier(map, places, LoopConfig.DEFAULT, MatchingConfig.DEFAULT, _ -> up);
    }

    private record Point(Vector3 position, Descriptor descriptor) {}

    /// Landmarks by their points: each pass makes its own.
    private final Map<Point, Landmark> firstPass = new LinkedHashMap<>();

    private final Map<Point, Landmark> secondPass = new LinkedHashMap<>();

    @BeforeEach
    void flyFirstPass() {
        submap = map.newSubmap();
        for (int i = 0; i < FIRST_PASS; i++) {
            keyframe(i * STEP_METRES, wall, firstPass, Vector3.ZERO);
        }
    }

    @Test
    void verify_placeSeenAgain_isBelievedOnceThreeKeyframesAgree() {
        var drift = new Vector3(1.5, 0.2, -0.8);
        var found = new ArrayList<Optional<LoopMatch>>();
        for (int i = 0; i < 6 && found.stream().allMatch(Optional::isEmpty); i++) {
            found.add(verifier.verify(keyframe(RETURNS_AT_METRES + i * STEP_METRES, wall, secondPass, drift)));
        }

        assertThat(found.getFirst()).as("one keyframe alone").isEmpty();
        assertThat(found).as("keyframes until the loop is closed").hasSizeLessThanOrEqualTo(4);
        var loop = found.getLast().orElseThrow();
        double metres = RETURNS_AT_METRES + (found.size() - 1) * STEP_METRES;
        assertThat(loop.currentFromWorld()
                        .toRigid()
                        .originOfTarget()
                        .minus(new Vector3(metres, 0, 0))
                        .length())
                .isLessThan(0.02);
        assertThat(loop.currentFromWorld().scale()).isBetween(0.99, 1.01);
    }

    @Test
    void verify_oneViewThatLooksLikeAnother_isNotBelieved() {
        var elsewhere = new Vector3(4, 0, 0);
        assertThat(verifier.verify(keyframe(RETURNS_AT_METRES, wall, secondPass, elsewhere)))
                .isEmpty();
        var besideIt = elsewhere.plus(new Vector3(RETURNS_AT_METRES - 100, 0, 0));
        for (int i = 1; i < 10; i++) {
            assertThat(verifier.verify(keyframe(100 + i * STEP_METRES, otherWall, secondPass, besideIt)))
                    .as("keyframe %d", i)
                    .isEmpty();
        }
    }

    @Test
    void verify_placeFartherOffThanTheCameraCanHaveDrifted_isNotBelieved() {
        var elsewhere = new Vector3(60, 0, 0);
        for (int i = 0; i < 8; i++) {
            assertThat(verifier.verify(keyframe(RETURNS_AT_METRES + i * STEP_METRES, wall, secondPass, elsewhere)))
                    .as("keyframe %d", i)
                    .isEmpty();
        }
    }

    @Test
    void verify_loopThatTilts_isBelievedUnlessTheVerticalIsKnown() {
        assertThat(loopTiltedBy(8, verifier)).isPresent();
    }

    @Test
    void verify_loopThatTiltsAKnownVertical_isNotBelieved() {
        assertThat(loopTiltedBy(8, verifier(Optional.of(UP)))).isEmpty();
    }

    @Test
    void upright_loopThatTiltsALittle_turnsAboutTheVerticalAlone() {
        var found = loopTiltedBy(1, verifier(Optional.of(UP))).orElseThrow();

        var upright = found.upright(UP);

        assertThat(Math.toDegrees(found.tilt(UP))).isBetween(0.9, 1.1);
        assertThat(upright.tilt(UP)).isLessThan(1e-7);
        assertThat(upright.currentFromWorld().scale()).isEqualTo(1);
        assertThat(upright.currentFromWorld()
                        .toRigid()
                        .originOfTarget()
                        .distanceTo(found.currentFromWorld().toRigid().originOfTarget()))
                .as("its place stays")
                .isLessThan(1e-9);
        assertThat(Math.toDegrees(upright.worldChange()
                        .rotation()
                        .angleTo(found.worldChange().rotation())))
                .as("the turn about the vertical stays")
                .isBetween(0.9, 1.1);
    }

    /// The wall seen again, in a part of the map that is tilted and turned about the camera.
    private Optional<LoopMatch> loopTiltedBy(double degrees, LoopVerifier verifier) {
        var place = new Vector3(RETURNS_AT_METRES, 0, 0);
        var turn = Rotation.aboutY(Math.toRadians(5)).times(Rotation.aboutX(Math.toRadians(degrees)));
        var drift = new RigidTransform(turn, place.minus(turn.apply(place)));
        var found = Optional.<LoopMatch>empty();
        for (int i = 0; i < 6 && found.isEmpty(); i++) {
            found = verifier.verify(keyframe(RETURNS_AT_METRES + i * STEP_METRES, wall, secondPass, drift));
        }
        return found;
    }

    private Keyframe keyframe(double metres, List<Point> points, Map<Point, Landmark> landmarks, Vector3 drift) {
        return keyframe(metres, points, landmarks, new RigidTransform(Rotation.IDENTITY, drift));
    }

    /// - `metres`: where the camera is, along the wall
    /// - `landmarks`: of this pass; those that are missing are made
    /// - `drift`: what moves camera and landmarks in the map
    private Keyframe keyframe(double metres, List<Point> points, Map<Point, Landmark> landmarks, RigidTransform drift) {
        var position = new Vector3(metres, 0, 0);
        var inView = points.stream()
                .filter(point -> isInView(point.position().minus(position)))
                .toList();
        var keypoints = inView.stream()
                .map(point -> point.position().minus(position))
                .map(inCamera -> new Keypoint(CAMERA.projectX(inCamera), CAMERA.projectY(inCamera), 0, 0))
                .toList();
        var features =
                new Features(keypoints, inView.stream().map(Point::descriptor).toList());
        int number = map.keyframeCount();
        var made = new ArrayList<Keyframe>();
        map.write(() -> {
            var cameraFromWorld = new RigidTransform(Rotation.IDENTITY, position.times(-1)).times(drift.inverse());
            var keyframe = map.addKeyframe(
                    new FrameFeatures(number, number * 100_000_000L, features), CAMERA, cameraFromWorld, submap);
            for (int i = 0; i < inView.size(); i++) {
                int feature = i;
                var known = landmarks.get(inView.get(i));
                if (known == null) {
                    var place = drift.apply(inView.get(i).position());
                    landmarks.put(inView.get(i), map.addLandmark(place, keyframe, feature));
                } else {
                    map.observe(known, keyframe, feature);
                }
            }
            keyframe.landmarks().forEach(Landmark::refresh);
            keyframe.covisibility().update();
            places.add(keyframe);
            made.add(keyframe);
        });
        return made.getFirst();
    }

    private static boolean isInView(Vector3 inCamera) {
        double x = CAMERA.projectX(inCamera);
        double y = CAMERA.projectY(inCamera);
        return x >= 0 && x < CAMERA.widthPixels() && y >= 0 && y < CAMERA.heightPixels();
    }

    private List<Point> points(int fromMetres, int toMetres) {
        return IntStream.range(0, (toMetres - fromMetres) * POINTS_PER_METRE)
                .mapToObj(_ -> new Point(
                        new Vector3(
                                random.nextDouble(fromMetres, toMetres),
                                random.nextDouble(-2, 2),
                                random.nextDouble(5, 8)),
                        new Descriptor(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong())))
                .toList();
    }
}
