package dev.aerie.vision.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.messages.TrackState;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskLogits;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.Candidate;
import dev.aerie.vision.prompt.PromptStrategy;
import dev.aerie.vision.testing.ThingTracker;
import dev.aerie.vision.testing.ThingWorld;
import dev.aerie.vision.testing.ThingWorld.Thing;
import dev.aerie.vision.track.Prompt;
import dev.aerie.vision.track.Prompt.Click;
import dev.aerie.vision.track.TrackedObjectState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Things of known truth, a tracker that knows it, and a finder that reports what it is told to.
final class PromptedTrackerTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final String LATER = "01K9JXW8Z3T4V5W6X7Y8Z9ABCD";
    private static final Box LEFT = new Box(20, 20, 40, 40);
    private static final Box RIGHT = new Box(200, 120, 40, 40);
    private static final TrackingLimits LIMITS = new TrackingLimits(3, 4, 10);

    /// Finds every thing of the world that is there.
    private static PromptStrategy finderOf(ThingWorld world) {
        return frame -> world.things().stream()
                .flatMap(thing -> thing.place().apply(frame.stamp().id().frameNumber()).stream())
                .map(box -> new Candidate(new Candidate.Location.InBox(box), "thing", 0.9, "detector"))
                .toList();
    }

    private static PromptedTracker follower(ThingTracker.Factory engines, PromptStrategy strategy) {
        return new PromptedTracker(engines, strategy, LIMITS, TrackLifecycleConfig.DEFAULT);
    }

    private static List<TrackedObjectState> run(PromptedTracker tracker, ThingWorld world, int from, int to)
            throws ModelException {
        List<TrackedObjectState> last = List.of();
        for (int i = from; i < to; i++) {
            last = tracker.process(world.frame(SESSION, i));
        }
        return last;
    }

    private static PromptRequest point(double x, double y) {
        return new PromptRequest(
                OptionalLong.empty(),
                Optional.of("ball"),
                List.of(new Click(new Point(x, y), true)),
                Optional.empty(),
                Optional.empty());
    }

    private static PromptRequest box(OptionalLong object, Box box) {
        return new PromptRequest(object, Optional.empty(), List.of(), Optional.of(box), Optional.empty());
    }

    @Test
    void process_strategyChanges_endsProposedTracksAndKeepsUserTracks() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.BLUE, RIGHT));
        var turning = new Turning(new Candidate(new Candidate.Location.InBox(LEFT), "moving", 0.9, "motion"));
        try (var tracker = follower(new ThingTracker.Factory(world), turning)) {
            run(tracker, world, 0, 10);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(220, 140)));
            assertThat(run(tracker, world, 10, 11))
                    .extracting(state -> state.track().label())
                    .containsExactly("moving", "ball");

            turning.found = new Candidate(new Candidate.Location.InBox(LEFT), "car", 0.9, "detector");
            turning.turnsNow = true;

            assertThat(run(tracker, world, 11, 12))
                    .extracting(state -> state.track().label())
                    .containsExactly("ball", "car");
        }
    }

    @Test
    void process_foundThingThatGoesOutOfTheFrame_isGivenUpSoon() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, frame -> place(20 * frame)));
        try (var tracker = follower(new ThingTracker.Factory(world), finderOf(world))) {
            assertThat(run(tracker, world, 0, 15)).hasSize(1);

            assertThat(run(tracker, world, 15, 22)).isEmpty();
        }
    }

    @Test
    void process_userTrackLeavesTheFrame_isLostButKept() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, frame -> place(frame < 40 ? 20 * frame : 100)));
        try (var tracker = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(tracker, world, 0, 1);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(10, 110)));
            run(tracker, world, 1, 15);

            assertThat(run(tracker, world, 15, 22)).isEmpty();
            assertThat(run(tracker, world, 22, 42))
                    .singleElement()
                    .satisfies(state -> assertThat(state.track().id()).isEqualTo(1));
        }
    }

    /// 40 pixels wide, cut at the right edge.
    private static Optional<Box> place(long left) {
        return left < 320 ? Optional.of(new Box(left, 90, Math.min(40, 320 - left), 40)) : Optional.empty();
    }

    @Test
    void process_maskWhereItsFinderSeesNothingAnyMore_isGivenUp() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        var finder = new Thorough();
        finder.found = List.of(candidate(LEFT, "car", 0.9));
        try (var tracker = new PromptedTracker(
                new ThingTracker.Factory(world), finder, LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            run(tracker, world, 0, 10);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(220, 140)));
            assertThat(run(tracker, world, 10, 30)).hasSize(2);

            finder.found = List.of();

            assertThat(run(tracker, world, 30, 45))
                    .extracting(state -> state.track().label())
                    .containsExactly("ball");
        }
    }

    @Test
    void process_verifiedTrack_reportsTheDetectionsBoxAndBestLabel() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var finder = new Thorough();
        finder.found = List.of(candidate(LEFT, "truck", 0.4));
        try (var tracker = new PromptedTracker(
                new ThingTracker.Factory(world), finder, LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            run(tracker, world, 0, 4);
            var near = new Box(LEFT.leftPixels() + 2, LEFT.topPixels(), LEFT.widthPixels(), LEFT.heightPixels());
            finder.found = List.of(candidate(near, "car", 0.9));

            assertThat(run(tracker, world, 4, 7)).singleElement().satisfies(state -> {
                assertThat(state.track().box()).isEqualTo(near);
                assertThat(state.track().label()).isEqualTo("car");
                assertThat(state.mask()).isPresent();
            });
        }
    }

    @Test
    void process_frameBetweenDetections_reportsThePredictedBoxUnlessMasksAreTrusted() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var larger = new Box(LEFT.leftPixels() - 8, LEFT.topPixels() - 8, 56, 56);
        for (boolean areTrusted : new boolean[] {true, false}) {
            var finder = new Thorough();
            finder.found = List.of(candidate(larger, "car", 0.9));
            var config = areTrusted ? TrackLifecycleConfig.DEFAULT : TrackLifecycleConfig.UNRELIABLE_MASKS;
            try (var tracker = new PromptedTracker(new ThingTracker.Factory(world), finder, LIMITS, config)) {
                assertThat(run(tracker, world, 0, 12)).singleElement().satisfies(state -> {
                    assertThat(state.track().box().overlapWith(areTrusted ? LEFT : larger))
                            .isGreaterThan(0.99);
                    assertThat(state.mask().orElseThrow().box()).isEqualTo(LEFT);
                });
            }
        }
    }

    /// Five things in a row, two more than may have masks.
    private static final List<Box> ROW = IntStream.range(0, 5)
            .mapToObj(i -> new Box(10 + 60 * i, 90, 40, 40))
            .toList();

    private static ThingWorld row() {
        return ThingWorld.of(
                ROW.stream().map(box -> Thing.still(ThingWorld.RED, box)).toArray(Thing[]::new));
    }

    private static Thorough findingAll() {
        var finder = new Thorough();
        finder.found = ROW.stream().map(box -> candidate(box, "car", 0.9)).toList();
        return finder;
    }

    @Test
    void process_moreObjectsThanMasks_reportsTheOthersByTheirBoxes() throws Exception {
        for (var config : List.of(TrackLifecycleConfig.DEFAULT, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            try (var tracker = new PromptedTracker(new ThingTracker.Factory(row()), findingAll(), LIMITS, config)) {
                var first = run(tracker, row(), 0, 10);
                assertThat(first)
                        .hasSize(5)
                        .allSatisfy(state -> assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED));
                assertThat(first.stream().filter(state -> state.mask().isPresent()))
                        .hasSize(3);
                assertThat(first).extracting(state -> state.track().box()).containsExactlyInAnyOrderElementsOf(ROW);

                assertThat(run(tracker, row(), 10, 60))
                        .extracting(PromptedTrackerTest::idAndPlace)
                        .containsExactlyElementsOf(first.stream()
                                .map(PromptedTrackerTest::idAndPlace)
                                .toList());
            }
        }
    }

    @Test
    void process_moreObjectsThanMasks_givesTheMasksToTheLargest() throws Exception {
        var sizes = List.of(20, 40, 24, 36, 32);
        var boxes = IntStream.range(0, 5)
                .mapToObj(i -> new Box(10 + 60 * i, 90, sizes.get(i), sizes.get(i)))
                .toList();
        var world = ThingWorld.of(
                boxes.stream().map(box -> Thing.still(ThingWorld.RED, box)).toArray(Thing[]::new));
        var finder = new Thorough();
        finder.found = boxes.stream()
                .map(box -> candidate(box, "car", 1 - box.widthPixels() / 100))
                .toList();
        try (var tracker = new PromptedTracker(
                new ThingTracker.Factory(world), finder, LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            assertThat(run(tracker, world, 0, 10).stream()
                            .filter(state -> state.mask().isPresent()))
                    .extracting(state -> state.track().box().widthPixels())
                    .containsExactlyInAnyOrder(40.0, 36.0, 32.0);
        }
    }

    private static String idAndPlace(TrackedObjectState state) {
        return state.track().id() + " at " + state.track().box().leftPixels();
    }

    @Test
    void process_aMaskEnds_anObjectWithABoxTakesItsPlaceAndKeepsItsIdentity() throws Exception {
        try (var tracker = new PromptedTracker(
                new ThingTracker.Factory(row()), findingAll(), LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            var before = run(tracker, row(), 0, 10);
            var masked = before.stream()
                    .filter(state -> state.mask().isPresent())
                    .findFirst()
                    .orElseThrow();
            tracker.remove(masked.track().id());

            var after = run(tracker, row(), 10, 20);

            assertThat(after.stream().filter(state -> state.mask().isPresent())).hasSize(3);
            assertThat(after.stream()
                            .filter(state ->
                                    !state.track().box().equals(masked.track().box())))
                    .extracting(PromptedTrackerTest::idAndPlace)
                    .containsExactlyElementsOf(before.stream()
                            .filter(state -> !state.equals(masked))
                            .map(PromptedTrackerTest::idAndPlace)
                            .toList());
        }
    }

    @Test
    void process_maskLostButDetected_isReportedByItsBox() throws Exception {
        var trackers = new ThingTracker.Factory(row());
        var finder = findingAll();
        finder.found = finder.found.subList(0, 1);
        try (var tracker = new PromptedTracker(trackers, finder, LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            run(tracker, row(), 0, 11);
            trackers.last().slip(1, -1);

            assertThat(run(tracker, row(), 11, 12)).singleElement().satisfies(state -> {
                assertThat(state.track().id()).isEqualTo(1);
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(state.track().box()).isEqualTo(ROW.getFirst());
            });
        }
    }

    @Test
    void process_maskLostWhereAnotherMaskIs_isNotReportedThereToo() throws Exception {
        var trackers = new ThingTracker.Factory(row());
        var finder = findingAll();
        finder.found = finder.found.subList(0, 1);
        try (var tracker = new PromptedTracker(trackers, finder, LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            run(tracker, row(), 0, 11);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(20, 100)));
            trackers.last().slip(1, -1);

            assertThat(run(tracker, row(), 11, 12).stream()
                            .filter(state -> state.track().state() == TrackState.CONFIRMED))
                    .singleElement()
                    .satisfies(state -> assertThat(state.track().id()).isEqualTo(2));
        }
    }

    @Test
    void process_maskSlipsOffAndItsObjectIsFoundAnew_isSoonReportedOnce() throws Exception {
        var beside = new Box(LEFT.leftPixels() + 24, LEFT.topPixels(), LEFT.widthPixels(), LEFT.heightPixels());
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.RED, beside));
        var trackers = new ThingTracker.Factory(world);
        var finder = new Thorough();
        finder.found = List.of(candidate(LEFT, "car", 0.9));
        try (var tracker = new PromptedTracker(trackers, finder, LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            run(tracker, world, 0, 11);
            trackers.last().slip(1, 1);
            int framesWithTwo = 0;
            for (int i = 11; i < 30; i++) {
                long confirmed = run(tracker, world, i, i + 1).stream()
                        .filter(state -> state.track().state() == TrackState.CONFIRMED)
                        .filter(state -> state.track().box().overlapWith(LEFT) > 0.9)
                        .count();
                framesWithTwo += confirmed > 1 ? 1 : 0;
            }
            assertThat(framesWithTwo).isLessThan(3);
        }
    }

    @Test
    void process_uncertainDetection_continuesABoxAndBeginsNone() throws Exception {
        var finder = findingAll();
        try (var tracker = new PromptedTracker(
                new ThingTracker.Factory(row()), finder, LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            finder.found = finder.found.subList(0, 4);
            run(tracker, row(), 0, 10);
            finder.found = ROW.stream().map(box -> candidate(box, "car", 0.4)).toList();

            assertThat(run(tracker, row(), 10, 40))
                    .extracting(state -> state.track().box())
                    .containsExactlyInAnyOrderElementsOf(ROW.subList(0, 4));
        }
    }

    @Test
    void applyPrompts_objectWithABoxOnly_getsAMaskWhereThereIsRoom() throws Exception {
        try (var tracker = new PromptedTracker(
                new ThingTracker.Factory(row()), findingAll(), LIMITS, TrackLifecycleConfig.UNRELIABLE_MASKS)) {
            var boxOnly = run(tracker, row(), 0, 10).stream()
                    .filter(state -> state.mask().isEmpty())
                    .findFirst()
                    .orElseThrow()
                    .track();
            var prompt = box(OptionalLong.of(boxOnly.id()), boxOnly.box());
            assertThatExceptionOfType(PromptRejectedException.class)
                    .isThrownBy(() -> tracker.applyPrompts(OptionalLong.empty(), List.of(prompt)))
                    .withMessageContaining("3 of at most 3");

            tracker.remove(1);

            assertThat(tracker.applyPrompts(OptionalLong.empty(), List.of(prompt)))
                    .singleElement()
                    .satisfies(state -> {
                        assertThat(state.track().id()).isEqualTo(boxOnly.id());
                        assertThat(state.mask()).isPresent();
                    });
        }
    }

    @Test
    void process_motionGone_isOccludedAtOnceUnlessItsMaskIsTrusted() throws Exception {
        assertThat(stateWhenMotionIsAt(List.of(moving(LEFT)), TrackLifecycleConfig.UNRELIABLE_MASKS))
                .isEqualTo(TrackState.CONFIRMED);
        assertThat(stateWhenMotionIsAt(List.of(), TrackLifecycleConfig.UNRELIABLE_MASKS))
                .isEqualTo(TrackState.OCCLUDED);
        assertThat(stateWhenMotionIsAt(List.of(), TrackLifecycleConfig.DEFAULT)).isEqualTo(TrackState.CONFIRMED);
    }

    @Test
    void process_motionAndMaskDiffer_isOccludedUnlessItsMaskIsTrusted() throws Exception {
        var part = List.of(moving(new Box(20, 20, 40, 12)));
        assertThat(stateWhenMotionIsAt(part, TrackLifecycleConfig.UNRELIABLE_MASKS))
                .isEqualTo(TrackState.OCCLUDED);
        assertThat(stateWhenMotionIsAt(part, TrackLifecycleConfig.DEFAULT)).isEqualTo(TrackState.CONFIRMED);
    }

    /// Of a thing that was found by its motion, in the first frame in which its motion is seen there instead.
    private static TrackState stateWhenMotionIsAt(List<Candidate> then, TrackLifecycleConfig config)
            throws ModelException {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var motion = new Watching(List.of(moving(LEFT)));
        try (var tracker = new PromptedTracker(new ThingTracker.Factory(world), motion, LIMITS, config)) {
            run(tracker, world, 0, 6);
            motion.found = then;
            return run(tracker, world, 6, 7).getFirst().track().state();
        }
    }

    private static Candidate moving(Box box) {
        return new Candidate(new Candidate.Location.InBox(box), "moving", 0.9, Candidate.MOTION);
    }

    @Test
    void process_candidateWithAMask_isPromptedByItWhereTheTrackerTakesCoarseMasks() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        for (boolean takesMasks : new boolean[] {true, false}) {
            var engines = new ThingTracker.Factory(world, takesMasks);
            PromptStrategy finder = frame -> List.of(new Candidate(
                    new Candidate.Location.InBox(LEFT),
                    "thing",
                    0.9,
                    "detector",
                    Optional.of(MaskLogits.of(BinaryMask.of(frame.size(), LEFT), 1))));
            try (var tracker = follower(engines, finder)) {
                run(tracker, world, 0, 1);

                assertThat(engines.last().prompts())
                        .singleElement()
                        .isInstanceOf(takesMasks ? Prompt.MaskPrompt.class : Prompt.BoxPrompt.class);
            }
        }
    }

    @Test
    void process_regionMoves_isReportedAsTheMaskWhileItMoves() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var moving = new Box(20, 20, 40, 30);
        var motion = new Watching(List.of(region(moving)));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            assertThat(reportedBox(run(tracker, world, 0, 6))).isEqualTo(moving);

            motion.found = List.of();

            assertThat(reportedBox(run(tracker, world, 6, 7))).isEqualTo(LEFT);
        }
    }

    @Test
    void process_severalRegionsOfOneObject_areOneTrackWithThePixelsOfAll() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var motion = new Watching(List.of(region(LEFT)));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            run(tracker, world, 0, 6);
            motion.found = List.of(region(new Box(20, 20, 40, 12)), region(new Box(20, 45, 40, 15)));

            assertThat(run(tracker, world, 6, 12)).singleElement().satisfies(state -> {
                assertThat(state.mask().orElseThrow().areaPixels()).isEqualTo(27 * 40);
                assertThat(state.track().box()).isEqualTo(LEFT);
            });
        }
    }

    @Test
    void process_oneRegionOverTwoTracks_eachKeepsItsTrackersMask() throws Exception {
        var beside = new Box(62, 20, 40, 40);
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.BLUE, beside));
        var motion = new Watching(List.of(region(LEFT), region(beside)));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            run(tracker, world, 0, 6);
            motion.found = List.of(region(new Box(20, 20, 82, 40)));

            assertThat(run(tracker, world, 6, 12))
                    .extracting(state -> state.mask().orElseThrow().box())
                    .containsExactly(LEFT, beside);
        }
    }

    @Test
    void process_regionGoesOnWhereTheTrackerSeesNothing_isTheSameTrackAndPromptedAgain() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.BLUE, RIGHT));
        var engines = new ThingTracker.Factory(world, true);
        var motion = new Watching(List.of(region(LEFT)));
        try (var tracker = motionFollower(engines, motion)) {
            run(tracker, world, 0, 10);
            engines.last().slip(1, -1);

            assertThat(run(tracker, world, 10, 11)).singleElement().satisfies(state -> {
                assertThat(state.track().id()).isEqualTo(1);
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(state.mask().orElseThrow().box()).isEqualTo(LEFT);
            });
            assertThat(engines.last().prompts())
                    .singleElement()
                    .isEqualTo(new Prompt.MaskPrompt(1, RegionMarks.pixels(motion.found.getFirst())));
            motion.found = List.of();
            assertThat(reportedBox(run(tracker, world, 11, 12))).isEqualTo(LEFT);
        }
    }

    @Test
    void process_partOfAUsersObjectMoves_theObjectIsReportedWhole() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var motion = new Watching(List.of());
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            run(tracker, world, 0, 1);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(40, 40)));
            motion.found = List.of(region(new Box(20, 20, 40, 8)));

            assertThat(run(tracker, world, 1, 6)).singleElement().satisfies(state -> {
                assertThat(state.track().box()).isEqualTo(LEFT);
                assertThat(state.mask().orElseThrow().box()).isEqualTo(LEFT);
            });
        }
    }

    @Test
    void process_regionForAFrame_isNeverConfirmed() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var motion = new Watching(List.of(region(LEFT)));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            run(tracker, world, 0, 1);
            motion.found = List.of();
            for (int i = 1; i < 30; i++) {
                assertThat(run(tracker, world, i, i + 1))
                        .allSatisfy(state -> assertThat(state.track().state()).isEqualTo(TrackState.TENTATIVE));
            }
            assertThat(run(tracker, world, 30, 31)).isEmpty();
        }
    }

    private static PromptedTracker motionFollower(ThingTracker.Factory engines, PromptStrategy motion) {
        return new PromptedTracker(
                engines,
                motion,
                LIMITS,
                TrackLifecycleConfig.UNRELIABLE_MASKS.withTrustedMotion(Duration.ofSeconds(2)));
    }

    /// What moves in `box`, as a detector marks it.
    private static Candidate region(Box box) {
        return new Candidate(
                new Candidate.Location.InRegion(BinaryMask.of(ThingWorld.of().size(), box)),
                "moving",
                0.9,
                Candidate.MOTION);
    }

    private static Box reportedBox(List<TrackedObjectState> states) {
        return states.getFirst().mask().orElseThrow().box();
    }

    @Test
    void process_maskDrifts_isNotToBeLearntFrom() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, _ -> List.of())) {
            run(tracker, world, 0, 1);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(30, 30)));
            run(tracker, world, 1, 10);
            assertThat(engines.last().unlearnt()).isEmpty();

            engines.last().slip(1, 1);
            run(tracker, world, 10, 12);

            assertThat(engines.last().unlearnt()).containsExactly(1L, 1L);
        }
    }

    @Test
    void process_objectFoundByMotion_isNamedByTheDetectionThatFitsIt() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.BLUE, RIGHT));
        var motion = new Watching(List.of(region(LEFT), region(RIGHT)));
        var part = new Box(200, 120, 40, 15);
        motion.names = List.of(new Detection(LEFT, "dog", 0.6), new Detection(part, "cat", 0.9));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            assertThat(labels(run(tracker, world, 0, 10)))
                    .as("a detection of a part names nothing")
                    .containsExactly("dog", "moving");

            motion.names = List.of();
            assertThat(labels(run(tracker, world, 10, 90))).containsExactly("dog", "moving");

            motion.names = List.of(new Detection(LEFT, "horse", 0.7), new Detection(RIGHT, "cat", 0.5));
            assertThat(labels(run(tracker, world, 90, 125)))
                    .as("the name with the highest sum of scores")
                    .containsExactly("horse", "cat");
        }
    }

    @Test
    void process_objectsThatTouch_eachIsNamedByTheDetectionThatFitsItBest() throws Exception {
        var beside = new Box(42, 20, 40, 40);
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.BLUE, beside));
        var motion = new Watching(List.of(region(LEFT), region(beside)));
        motion.names = List.of(new Detection(new Box(30, 20, 40, 40), "dog", 0.9), new Detection(LEFT, "cat", 0.5));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            assertThat(labels(run(tracker, world, 0, 40))).containsExactly("cat", "dog");
        }
    }

    @Test
    void process_usersObjectMoves_keepsItsLabelAndIsNotLookedAtForNames() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var motion = new Watching(List.of());
        motion.names = List.of(new Detection(LEFT, "dog", 0.9));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            run(tracker, world, 0, 1);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(40, 40)));
            motion.found = List.of(region(LEFT));

            assertThat(labels(run(tracker, world, 1, 70))).containsExactly("ball");
            assertThat(motion.namings).isZero();
        }
    }

    @Test
    void process_objectMovesForTwoSeconds_isLookedAtForNamesOnceASecond() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var motion = new Watching(List.of(region(LEFT)));
        try (var tracker = motionFollower(new ThingTracker.Factory(world), motion)) {
            run(tracker, world, 0, 62);

            assertThat(motion.namings).isEqualTo(2);
        }
    }

    private static List<String> labels(List<TrackedObjectState> objects) {
        return objects.stream().map(state -> state.track().label()).toList();
    }

    /// Looks at every frame.
    private static final class Watching implements PromptStrategy {

        private List<Candidate> found;
        private List<Detection> names = List.of();
        private int namings;

        Watching(List<Candidate> found) {
            this.found = found;
        }

        @Override
        public List<Candidate> propose(VideoFrame frame) {
            return found;
        }

        @Override
        public Optional<List<Candidate>> current() {
            return Optional.of(found);
        }

        @Override
        public List<Detection> names(VideoFrame frame) {
            namings++;
            return names;
        }
    }

    private static Candidate candidate(Box box, String label, double score) {
        return new Candidate(new Candidate.Location.InBox(box), label, score, "detector");
    }

    /// Finds what it is told to, and nothing else is there.
    private static final class Thorough implements PromptStrategy {

        private List<Candidate> found = List.of();

        @Override
        public List<Candidate> propose(VideoFrame frame) {
            return found;
        }

        @Override
        public boolean isExhaustive() {
            return true;
        }

        @Override
        public List<Detection> detections() {
            return found.stream()
                    .map(one -> new Detection(one.box().orElseThrow(), one.label(), one.score()))
                    .toList();
        }
    }

    /// Finds one thing, then another.
    private static final class Turning implements PromptStrategy {

        private Candidate found;
        private boolean turnsNow;

        Turning(Candidate found) {
            this.found = found;
        }

        @Override
        public List<Candidate> propose(VideoFrame frame) {
            return List.of(found);
        }

        @Override
        public boolean hasChanged() {
            boolean turns = turnsNow;
            turnsNow = false;
            return turns;
        }
    }

    @Test
    void process_proposedObjects_areConfirmedAndKeepTheirIdentities() throws Exception {
        var world = ThingWorld.of(
                new Thing(ThingWorld.RED, i -> Optional.of(new Box(20 + i % 200, 20, 40, 40))),
                Thing.still(ThingWorld.BLUE, RIGHT));
        try (var tracker = follower(new ThingTracker.Factory(world), finderOf(world))) {
            assertThat(run(tracker, world, 0, 1))
                    .extracting(state -> state.track().state())
                    .containsExactly(TrackState.TENTATIVE, TrackState.TENTATIVE);
            Set<Long> ids = new HashSet<>();
            for (int i = 1; i < 150; i++) {
                var seen = tracker.process(world.frame(SESSION, i));
                assertThat(seen).hasSize(2);
                seen.forEach(state -> ids.add(state.track().id()));
            }
            assertThat(ids).containsExactlyInAnyOrder(1L, 2L);
            assertThat(run(tracker, world, 150, 151)).allSatisfy(state -> {
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(state.track().ageFrames()).isEqualTo(150);
                assertThat(state.mask()).isPresent();
                assertThat(state.prompt()).hasValue("detector");
            });
        }
    }

    @Test
    void process_objectHiddenForAWhile_isOccludedAndComesBackAsItself() throws Exception {
        var world =
                ThingWorld.of(new Thing(ThingWorld.RED, i -> i >= 10 && i < 20 ? Optional.empty() : Optional.of(LEFT)));
        try (var tracker = follower(new ThingTracker.Factory(world), finderOf(world))) {
            run(tracker, world, 0, 10);
            var hidden = run(tracker, world, 10, 20);
            assertThat(hidden).singleElement().satisfies(state -> {
                assertThat(state.track().state()).isEqualTo(TrackState.OCCLUDED);
                assertThat(state.mask()).isEmpty();
            });
            var back = run(tracker, world, 20, 21);
            assertThat(back).singleElement().satisfies(state -> {
                assertThat(state.track().id()).isEqualTo(1);
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
            });
        }
    }

    @Test
    void process_objectThatTheTrackerLostIsFoundAgain_keepsItsIdentity() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, finderOf(world))) {
            run(tracker, world, 0, 12);
            engines.last().slip(1, -1);
            assertThat(run(tracker, world, 12, 14).getFirst().track().state()).isEqualTo(TrackState.OCCLUDED);
            var found = run(tracker, world, 14, 31);
            assertThat(found).singleElement().satisfies(state -> {
                assertThat(state.track().id()).isEqualTo(1);
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
            });
        }
    }

    @Test
    void process_objectGoneForGood_isLostOnceThenRemovedFromTheTrackerToo() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, i -> i >= 10 ? Optional.empty() : Optional.of(LEFT)));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, finderOf(world))) {
            run(tracker, world, 0, 10);
            var states = IntStream.range(10, 200)
                    .mapToObj(i -> processed(tracker, world, i))
                    .flatMap(List::stream)
                    .map(state -> state.track().state())
                    .toList();
            assertThat(states).containsOnlyOnce(TrackState.LOST).endsWith(TrackState.LOST);
            assertThat(states).filteredOn(TrackState.OCCLUDED::equals).hasSize(30);
            assertThat(engines.last().objects()).isEmpty();
        }
    }

    @Test
    void process_nothingIsFound_costsTheTrackerNothing() throws Exception {
        var world = ThingWorld.of();
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, finderOf(world))) {
            assertThat(run(tracker, world, 0, 50)).isEmpty();
            assertThat(engines.last().processed()).isZero();
        }
    }

    @Test
    void process_maskDriftsOntoOtherColours_trackIsLostAndEnds() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, _ -> List.of())) {
            run(tracker, world, 0, 1);
            tracker.applyPrompts(OptionalLong.empty(), List.of(point(40, 40)));
            run(tracker, world, 1, 10);
            engines.last().slip(1, 1);
            for (int i = 10; i < 30; i++) {
                assertThat(tracker.process(world.frame(SESSION, i)))
                        .allSatisfy(state -> assertThat(state.track().box().overlapWith(RIGHT))
                                .isZero());
            }
            assertThat(engines.last().objects()).isEmpty();
        }
    }

    @Test
    void process_twoMasksBecomeOne_theYoungerGoes() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.RED, RIGHT));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, finderOf(world))) {
            run(tracker, world, 0, 9);
            assertThat(engines.last().objects()).containsExactlyInAnyOrder(1L, 2L);
            engines.last().slip(2, 0);
            run(tracker, world, 9, 12);
            assertThat(engines.last().objects()).contains(1L).doesNotContain(2L);
        }
    }

    @Test
    void process_moreThanTheLimit_followsNoMore() throws Exception {
        var world = ThingWorld.of(
                Thing.still(ThingWorld.RED, new Box(10, 10, 30, 30)),
                Thing.still(ThingWorld.RED, new Box(60, 10, 30, 30)),
                Thing.still(ThingWorld.RED, new Box(110, 10, 30, 30)),
                Thing.still(ThingWorld.RED, new Box(160, 10, 30, 30)));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, finderOf(world))) {
            assertThat(run(tracker, world, 0, 40)).hasSize(3);
            assertThat(engines.last().objects()).hasSize(3);
            assertThatExceptionOfType(PromptRejectedException.class)
                    .isThrownBy(() -> tracker.applyPrompts(OptionalLong.empty(), List.of(point(170, 20))))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(PromptRejectedException.Reason.FULL));
        }
    }

    @Test
    void process_newSession_startsAfreshAndClosesTheOldTracker() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, finderOf(world))) {
            run(tracker, world, 0, 5);
            var before = engines.last();
            assertThat(tracker.process(world.frame(LATER, 0)))
                    .singleElement()
                    .satisfies(state -> assertThat(state.track().ageFrames()).isZero());
            assertThat(before.isClosed()).isTrue();
        }
    }

    @Test
    void applyPrompts_pointOnAPastFrame_isTrackedAtOnce() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, i -> Optional.of(new Box(20 + 10 * i, 20, 40, 40))));
        try (var tracker = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(tracker, world, 0, 10);
            // The thing is at 80..120 in frame 6, at 110..150 in frame 9.
            assertThatExceptionOfType(PromptRejectedException.class)
                    .isThrownBy(() -> tracker.applyPrompts(OptionalLong.of(9), List.of(point(85, 40))))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(PromptRejectedException.Reason.NOTHING_THERE));
            var made = tracker.applyPrompts(OptionalLong.of(6), List.of(point(85, 40)));
            assertThat(made).singleElement().satisfies(state -> {
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(state.track().label()).isEqualTo("ball");
                assertThat(state.prompt()).hasValue("point");
            });
            assertThat(run(tracker, world, 10, 11))
                    .singleElement()
                    .satisfies(state -> assertThat(state.track().box()).isEqualTo(new Box(120, 20, 40, 40)));
        }
    }

    @Test
    void copy_frameThatIsKept_isItsOwnAndStaysAsItIs() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        try (var tracker = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(tracker, world, 0, 3);
            var copy = tracker.copyFrame(OptionalLong.of(1));
            run(tracker, world, 3, 30);
            assertThat(copy.stamp().id().frameNumber()).isEqualTo(1);
            assertThat(copy.bgr().get((30 * 320 + 30) * 3 + 2)).isEqualTo((byte) 0xe0);
            assertThatExceptionOfType(PromptRejectedException.class)
                    .isThrownBy(() -> tracker.copyFrame(OptionalLong.of(1)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(PromptRejectedException.Reason.NO_SUCH_FRAME));
        }
    }

    @Test
    void applyPrompts_correctionOfATrackedObject_movesItAndKeepsItsIdentity() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        try (var tracker = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(tracker, world, 0, 1);
            long id = tracker.applyPrompts(OptionalLong.empty(), List.of(point(40, 40)))
                    .getFirst()
                    .track()
                    .id();
            run(tracker, world, 1, 5);
            tracker.applyPrompts(OptionalLong.empty(), List.of(box(OptionalLong.of(id), RIGHT)));
            assertThat(run(tracker, world, 5, 12)).singleElement().satisfies(state -> {
                assertThat(state.track().id()).isEqualTo(id);
                assertThat(state.track().box()).isEqualTo(RIGHT);
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
            });
            assertThat(tracker.remove(id)).isTrue();
            assertThat(tracker.remove(id)).isFalse();
            assertThat(run(tracker, world, 12, 13)).isEmpty();
        }
    }

    @Test
    void applyPrompts_invalid_isRejectedAndChangesNothing() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, _ -> List.of())) {
            refuses(tracker, OptionalLong.empty(), point(40, 40), PromptRejectedException.Reason.NO_SUCH_FRAME);
            run(tracker, world, 0, 20);
            refuses(tracker, OptionalLong.of(3), point(40, 40), PromptRejectedException.Reason.NO_SUCH_FRAME);
            refuses(tracker, OptionalLong.empty(), point(320, 40), PromptRejectedException.Reason.UNUSABLE);
            refuses(tracker, OptionalLong.empty(), point(-1, 40), PromptRejectedException.Reason.UNUSABLE);
            refuses(tracker, OptionalLong.empty(), point(300, 200), PromptRejectedException.Reason.NOTHING_THERE);
            var beyond = box(OptionalLong.empty(), new Box(300, 20, 40, 40));
            refuses(tracker, OptionalLong.empty(), beyond, PromptRejectedException.Reason.UNUSABLE);
            var unknown = box(OptionalLong.of(77), LEFT);
            refuses(tracker, OptionalLong.empty(), unknown, PromptRejectedException.Reason.UNKNOWN_OBJECT);
            var otherSize = new PromptRequest(
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(BinaryMask.of(new dev.aerie.video.FrameSize(64, 64), new Box(1, 1, 9, 9))));
            refuses(tracker, OptionalLong.empty(), otherSize, PromptRejectedException.Reason.UNUSABLE);
            assertThat(engines.last().objects()).isEmpty();
        }
    }

    @Test
    void resume_stateOfTheSameSession_goesOnWithTheSameIdentities() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        byte[] saved;
        try (var first = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(first, world, 0, 1);
            first.applyPrompts(OptionalLong.empty(), List.of(point(40, 40)));
            first.applyPrompts(OptionalLong.empty(), List.of(point(210, 130)));
            run(first, world, 1, 20);
            first.remove(1);
            saved = bytes(first.save().orElseThrow());
        }
        try (var second = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            second.resume(SavedTracks.read(new ByteArrayInputStream(saved)));
            assertThat(run(second, world, 24, 25)).singleElement().satisfies(state -> {
                assertThat(state.track().id()).isEqualTo(2);
                assertThat(state.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(state.track().label()).isEqualTo("ball");
                assertThat(state.track().ageFrames()).isEqualTo(24);
            });
            assertThat(second.applyPrompts(OptionalLong.empty(), List.of(point(40, 40)))
                            .getFirst()
                            .track()
                            .id())
                    .isEqualTo(3);
        }
    }

    @Test
    void resume_stateOfAnotherSessionOrDamaged_startsWithNewTracks() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        byte[] saved;
        try (var first = follower(new ThingTracker.Factory(world), finderOf(world))) {
            run(first, world, 0, 20);
            saved = bytes(first.save().orElseThrow());
        }
        for (int cut : new int[] {0, 3, 30, 200, saved.length - 1}) {
            byte[] damaged = java.util.Arrays.copyOf(saved, cut);
            try (var second = follower(new ThingTracker.Factory(world), _ -> List.of())) {
                second.resume(SavedTracks.read(new ByteArrayInputStream(damaged)));
                assertThat(run(second, world, 0, 2)).isEmpty();
            }
        }
        try (var second = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            second.resume(SavedTracks.read(new ByteArrayInputStream(saved)));
            assertThat(second.process(world.frame(LATER, 0))).isEmpty();
        }
    }

    @Test
    void process_thousandsOfFramesWithObjectChurn_memoryIsBounded() throws Exception {
        var world = ThingWorld.of(
                new Thing(ThingWorld.RED, i -> i % 400 < 100 ? Optional.of(LEFT) : Optional.empty()),
                new Thing(ThingWorld.BLUE, i -> i % 300 < 80 ? Optional.of(RIGHT) : Optional.empty()));
        var engines = new ThingTracker.Factory(world);
        try (var tracker = follower(engines, finderOf(world))) {
            long max = 0;
            for (int i = 0; i < 3000; i++) {
                tracker.process(world.frame(SESSION, i));
                max = Math.max(max, engines.last().objects().size());
            }
            assertThat(max).isEqualTo(2);
            long frames = LIMITS.bufferedFrames() * 320L * 240 * 3;
            assertThat(tracker.memory().nativeBytes()).isEqualTo(frames);
        }
    }

    private static void refuses(
            PromptedTracker tracker,
            OptionalLong frameNumber,
            PromptRequest promptRequest,
            PromptRejectedException.Reason why) {
        assertThatExceptionOfType(PromptRejectedException.class)
                .isThrownBy(() -> tracker.applyPrompts(frameNumber, List.of(promptRequest)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(why));
    }

    private static byte[] bytes(SavedTracks tracks) throws IOException {
        var out = new ByteArrayOutputStream();
        tracks.writeTo(out);
        return out.toByteArray();
    }

    private static List<TrackedObjectState> processed(PromptedTracker tracker, ThingWorld world, int i) {
        VideoFrame frame = world.frame(SESSION, i);
        try {
            return tracker.process(frame);
        } catch (ModelException e) {
            throw new AssertionError(e);
        }
    }
}
