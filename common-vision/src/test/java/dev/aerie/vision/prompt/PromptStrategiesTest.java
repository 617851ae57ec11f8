package dev.aerie.vision.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.testing.ScriptedFrame;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What each strategy proposes in small frames whose truth is known.
final class PromptStrategiesTest {

    private static final Box HERE = new Box(200, 60, 48, 40);
    private static final Box NEARLY_HERE = new Box(204, 62, 48, 40);
    private static final Box ELSEWHERE = new Box(20, 150, 48, 40);

    private final PromptStrategies strategies = new PromptStrategies(
            Optional.empty(), () -> new MotionDetector(20), TextSearch.without("no text detector is installed"));

    @Test
    void propose_autoGrid_givesEveryPointOneTurnThenBeginsAnew() throws Exception {
        var frame = ThingWorld.of().frame("s", 0);
        try (var grid = open(StrategyKind.AUTO_GRID)) {
            var turns = new ArrayList<List<Point>>();
            for (int turn = 0; turn < 25; turn++) {
                turns.add(grid.propose(frame).stream()
                        .map(PromptStrategiesTest::point)
                        .toList());
            }

            var round = turns.subList(0, 24).stream().flatMap(List::stream).toList();
            assertThat(new HashSet<>(round)).hasSize(12 * 12).hasSameSizeAs(round);
            assertThat(round).allSatisfy(point -> {
                assertThat(point.xPixels() / 320 * 12 % 1).isCloseTo(0.5, within(1e-9));
                assertThat(point.yPixels() / 240 * 12 % 1).isCloseTo(0.5, within(1e-9));
            });
            assertThat(turns.get(24)).isEqualTo(turns.get(0));
        }
    }

    @Test
    void propose_autoGrid_pointsOfATurnLieFarApart() throws Exception {
        try (var grid = open(StrategyKind.AUTO_GRID)) {
            var points = grid.propose(ThingWorld.of().frame("s", 0)).stream()
                    .map(PromptStrategiesTest::point)
                    .toList();

            for (int i = 0; i < points.size(); i++) {
                for (int k = 0; k < i; k++) {
                    assertThat(Math.hypot(
                                    points.get(i).xPixels() - points.get(k).xPixels(),
                                    points.get(i).yPixels() - points.get(k).yPixels()))
                            .isGreaterThan(60);
                }
            }
        }
    }

    @Test
    void propose_motion_findsWhatMovesBeforeWhatIsStill() throws Exception {
        try (var motion = open(StrategyKind.MOTION)) {
            for (int i = 0; i <= 30; i++) {
                motion.observe(ScriptedFrame.of("drone", "s", i));
            }

            var found = motion.propose(ScriptedFrame.of("drone", "s", 30));

            assertThat(found).singleElement().satisfies(candidate -> {
                assertThat(box(candidate).overlapWith(new Box(120, 100, 40, 40)))
                        .isGreaterThan(0.5);
                assertThat(candidate.source()).isEqualTo("motion");
            });
        }
    }

    @Test
    void propose_motionThatGrowsByHalf_isNotProposedInThatFrame() throws Exception {
        try (var motion = open(StrategyKind.MOTION)) {
            for (int i = 0; i <= 29; i++) {
                motion.observe(ScriptedFrame.of("drone", "s", i));
            }
            var grown = ScriptedFrame.of("drone", "s", 30);
            for (int row = 140; row < 172; row++) {
                for (int at = row * grown.strideBytes() + 120 * 3; at < row * grown.strideBytes() + 160 * 3; at++) {
                    grown.bgr().put(at, (byte) 230);
                }
            }
            motion.observe(grown);

            assertThat(motion.propose(grown)).isEmpty();
        }
    }

    @Test
    void propose_motionWhereNothingMoves_isNothing() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, HERE));
        try (var motion = open(StrategyKind.MOTION)) {
            for (int i = 0; i <= 20; i++) {
                motion.observe(world.frame("s", i));
            }

            assertThat(motion.propose(world.frame("s", 20))).isEmpty();
        }
    }

    @Test
    void propose_saliency_bestIsWhatStandsOut() throws Exception {
        try (var saliency = open(StrategyKind.SALIENCY)) {
            for (Box place : List.of(HERE, ELSEWHERE)) {
                var world = ThingWorld.of(Thing.still(ThingWorld.GREEN, place));

                var found = saliency.propose(world.frame("s", 0));

                assertThat(found).hasSizeBetween(1, 5);
                assertThat(distance(box(found.getFirst()), place)).isLessThan(30);
                assertThat(box(found.getFirst()).overlapWith(place)).isGreaterThan(0.1);
                assertThat(found).extracting(Candidate::score).allMatch(score -> score > 0 && score <= 1);
                assertThat(found).extracting(Candidate::source).containsOnly("saliency");
            }
        }
    }

    @Test
    void propose_hybrid_whatTwoFindCountsForTheMoreTrusted() throws Exception {
        var trusted = new Scripted("detector", HERE);
        var other = new Scripted("saliency", NEARLY_HERE, ELSEWHERE);
        try (var hybrid = new HybridPrompts(List.of(trusted, other))) {
            var frame = ThingWorld.of().frame("s", 0);
            hybrid.observe(frame);

            assertThat(hybrid.propose(frame)).containsExactly(trusted.candidates.get(0), other.candidates.get(1));
        }
        assertThat(trusted.calls).containsExactly("see", "propose", "close");
        assertThat(other.calls).containsExactly("see", "propose", "close");
    }

    @Test
    void open_hybridWithoutAModel_unitesMotionAndSaliency() throws Exception {
        try (var hybrid = open(StrategyKind.HYBRID)) {
            for (int i = 0; i <= 30; i++) {
                hybrid.observe(ScriptedFrame.of("drone", "s", i));
            }

            var found = hybrid.propose(ScriptedFrame.of("drone", "s", 30));

            assertThat(found.getFirst().source()).isEqualTo("motion");
            assertThat(found).extracting(Candidate::source).isSubsetOf("motion", "saliency");
        }
    }

    @Test
    void open_detectorWithoutAModel_isMotion_andNoneProposesNothing() throws Exception {
        try (var detector = open(StrategyKind.DETECTOR);
                var none = open(StrategyKind.NONE)) {
            for (int i = 0; i <= 30; i++) {
                detector.observe(ScriptedFrame.of("drone", "s", i));
            }

            assertThat(detector.propose(ScriptedFrame.of("drone", "s", 30)))
                    .extracting(Candidate::source)
                    .containsExactly("motion");
            assertThat(none.propose(ScriptedFrame.of("drone", "s", 30))).isEmpty();
        }
    }

    private PromptStrategy open(StrategyKind kind) throws ModelException {
        return strategies.open(kind, new TextQuery("thing."));
    }

    private static Point point(Candidate candidate) {
        return ((Candidate.Location.AtPoint) candidate.location()).point();
    }

    private static Box box(Candidate candidate) {
        return ((Candidate.Location.InBox) candidate.location()).box();
    }

    /// From middle to middle.
    private static double distance(Box here, Box there) {
        return Math.hypot(
                here.leftPixels() + here.widthPixels() / 2 - there.leftPixels() - there.widthPixels() / 2,
                here.topPixels() + here.heightPixels() / 2 - there.topPixels() - there.heightPixels() / 2);
    }

    /// Proposes the same boxes in every frame, and notes what it was asked.
    private static final class Scripted implements PromptStrategy {

        private final List<Candidate> candidates;
        private final List<String> calls = new ArrayList<>();

        Scripted(String finder, Box... boxes) {
            candidates = List.of(boxes).stream()
                    .map(box -> new Candidate(new Candidate.Location.InBox(box), "thing", 0.9, finder))
                    .toList();
        }

        @Override
        public void observe(VideoFrame frame) {
            calls.add("see");
        }

        @Override
        public List<Candidate> propose(VideoFrame frame) {
            calls.add("propose");
            return candidates;
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
