package dev.aerie.frames.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aerie.frames.prompt.PromptStrategy;
import dev.aerie.frames.targets.Candidate;
import dev.aerie.frames.targets.TargetRules;
import dev.aerie.frames.testing.ThingTracker;
import dev.aerie.frames.testing.ThingWorld;
import dev.aerie.frames.testing.ThingWorld.Thing;
import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.mot.TrackState;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.FollowedObject;
import dev.aerie.vision.track.Prompt.Click;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Things of known truth, a tracker that knows it, and a finder that reports what it is told to.
final class MaskFollowerTest {

    private static final String SESSION = "01K9JXW7Z3T4V5W6X7Y8Z9ABCD";
    private static final String LATER = "01K9JXW8Z3T4V5W6X7Y8Z9ABCD";
    private static final Box LEFT = new Box(20, 20, 40, 40);
    private static final Box RIGHT = new Box(200, 120, 40, 40);
    private static final FollowLimits LIMITS = new FollowLimits(3, 4, 10);

    /// Finds every thing of the world that is there.
    private static PromptStrategy finderOf(ThingWorld world) {
        return frame -> world.things().stream()
                .flatMap(thing -> thing.place().apply(frame.stamp().id().frameNumber()).stream())
                .map(box -> new Candidate(new Candidate.Place.InBox(box), "thing", 0.9, "detector"))
                .toList();
    }

    private static MaskFollower follower(ThingTracker.Factory engines, PromptStrategy strategy) {
        return new MaskFollower(engines, strategy, LIMITS, TargetRules.USUAL);
    }

    private static List<FollowedObject> run(MaskFollower follower, ThingWorld world, int from, int to)
            throws ModelException {
        List<FollowedObject> last = List.of();
        for (int i = from; i < to; i++) {
            last = follower.process(world.frame(SESSION, i));
        }
        return last;
    }

    private static Wish point(double x, double y) {
        return new Wish(
                OptionalLong.empty(),
                Optional.of("ball"),
                List.of(new Click(new Point(x, y), true)),
                Optional.empty(),
                Optional.empty());
    }

    private static Wish box(OptionalLong object, Box box) {
        return new Wish(object, Optional.empty(), List.of(), Optional.of(box), Optional.empty());
    }

    @Test
    void process_strategyThatTurns_givesUpWhatWasFoundAndKeepsWhatWasAskedFor() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.BLUE, RIGHT));
        var turning = new Turning(new Candidate(new Candidate.Place.InBox(LEFT), "moving", 0.9, "motion"));
        try (var follower = follower(new ThingTracker.Factory(world), turning)) {
            run(follower, world, 0, 10);
            follower.fulfil(OptionalLong.empty(), List.of(point(220, 140)));
            assertThat(run(follower, world, 10, 11))
                    .extracting(object -> object.track().label())
                    .containsExactly("moving", "ball");

            turning.found = new Candidate(new Candidate.Place.InBox(LEFT), "car", 0.9, "detector");
            turning.turnsNow = true;

            assertThat(run(follower, world, 11, 12))
                    .extracting(object -> object.track().label())
                    .containsExactly("ball", "car");
        }
    }

    @Test
    void process_foundThingThatGoesOutOfTheFrame_isGivenUpSoon() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, frame -> place(20 * frame)));
        try (var follower = follower(new ThingTracker.Factory(world), finderOf(world))) {
            assertThat(run(follower, world, 0, 15)).hasSize(1);

            assertThat(run(follower, world, 15, 22)).isEmpty();
        }
    }

    @Test
    void process_askedThingThatGoesOutOfTheFrame_isLostButKeptInCaseItComesBack() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, frame -> place(frame < 40 ? 20 * frame : 100)));
        try (var follower = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(follower, world, 0, 1);
            follower.fulfil(OptionalLong.empty(), List.of(point(10, 110)));
            run(follower, world, 1, 15);

            assertThat(run(follower, world, 15, 22)).isEmpty();
            assertThat(run(follower, world, 22, 42))
                    .singleElement()
                    .satisfies(object -> assertThat(object.track().id()).isEqualTo(1));
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
        try (var follower = new MaskFollower(new ThingTracker.Factory(world), finder, LIMITS, TargetRules.DOUBTFUL)) {
            run(follower, world, 0, 10);
            follower.fulfil(OptionalLong.empty(), List.of(point(220, 140)));
            assertThat(run(follower, world, 10, 30)).hasSize(2);

            finder.found = List.of();

            assertThat(run(follower, world, 30, 45))
                    .extracting(object -> object.track().label())
                    .containsExactly("ball");
        }
    }

    @Test
    void process_finderThatSeesTheThing_givesItsBoxAndTheNameGivenMostSurely() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var finder = new Thorough();
        finder.found = List.of(candidate(LEFT, "truck", 0.4));
        try (var follower = new MaskFollower(new ThingTracker.Factory(world), finder, LIMITS, TargetRules.DOUBTFUL)) {
            run(follower, world, 0, 4);
            var near = new Box(LEFT.leftPixels() + 2, LEFT.topPixels(), LEFT.widthPixels(), LEFT.heightPixels());
            finder.found = List.of(candidate(near, "car", 0.9));

            assertThat(run(follower, world, 4, 7)).singleElement().satisfies(object -> {
                assertThat(object.track().box()).isEqualTo(near);
                assertThat(object.track().label()).isEqualTo("car");
                assertThat(object.mask()).isPresent();
            });
        }
    }

    @Test
    void process_movingThingWhoseMotionIsGone_isOccludedAtOnceUnlessItsMaskIsTrusted() throws Exception {
        assertThat(stateWhenMotionIsAt(List.of(moving(LEFT)), TargetRules.DOUBTFUL))
                .isEqualTo(TrackState.CONFIRMED);
        assertThat(stateWhenMotionIsAt(List.of(), TargetRules.DOUBTFUL)).isEqualTo(TrackState.OCCLUDED);
        assertThat(stateWhenMotionIsAt(List.of(), TargetRules.USUAL)).isEqualTo(TrackState.CONFIRMED);
    }

    @Test
    void process_movingThingWhoseMotionAndMaskDiffer_isOccludedUnlessItsMaskIsTrusted() throws Exception {
        var part = List.of(moving(new Box(20, 20, 40, 12)));
        assertThat(stateWhenMotionIsAt(part, TargetRules.DOUBTFUL)).isEqualTo(TrackState.OCCLUDED);
        assertThat(stateWhenMotionIsAt(part, TargetRules.USUAL)).isEqualTo(TrackState.CONFIRMED);
    }

    /// Of a thing that was found by its motion, in the first frame in which its motion is seen there instead.
    private static TrackState stateWhenMotionIsAt(List<Candidate> then, TargetRules rules) throws ModelException {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var motion = new Watching(List.of(moving(LEFT)));
        try (var follower = new MaskFollower(new ThingTracker.Factory(world), motion, LIMITS, rules)) {
            run(follower, world, 0, 6);
            motion.found = then;
            return run(follower, world, 6, 7).getFirst().track().state();
        }
    }

    private static Candidate moving(Box box) {
        return new Candidate(new Candidate.Place.InBox(box), "moving", 0.9, Candidate.MOTION);
    }

    /// Looks at every frame.
    private static final class Watching implements PromptStrategy {

        private List<Candidate> found;

        Watching(List<Candidate> found) {
            this.found = found;
        }

        @Override
        public List<Candidate> propose(VideoFrame frame) {
            return found;
        }

        @Override
        public Optional<List<Candidate>> seen() {
            return Optional.of(found);
        }
    }

    private static Candidate candidate(Box box, String label, double score) {
        return new Candidate(new Candidate.Place.InBox(box), label, score, "detector");
    }

    /// Finds what it is told to, and nothing else is there.
    private static final class Thorough implements PromptStrategy {

        private List<Candidate> found = List.of();

        @Override
        public List<Candidate> propose(VideoFrame frame) {
            return found;
        }

        @Override
        public boolean isThorough() {
            return true;
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
        public boolean hasTurned() {
            boolean turns = turnsNow;
            turnsNow = false;
            return turns;
        }
    }

    @Test
    void process_foundObjects_areTentativeThenConfirmedAndKeepTheirIdentitiesThroughEveryReprompt() throws Exception {
        var world = ThingWorld.of(
                new Thing(ThingWorld.RED, i -> Optional.of(new Box(20 + i % 200, 20, 40, 40))),
                Thing.still(ThingWorld.BLUE, RIGHT));
        try (var follower = follower(new ThingTracker.Factory(world), finderOf(world))) {
            assertThat(run(follower, world, 0, 1))
                    .extracting(object -> object.track().state())
                    .containsExactly(TrackState.TENTATIVE, TrackState.TENTATIVE);
            Set<Long> ids = new HashSet<>();
            for (int i = 1; i < 150; i++) {
                var seen = follower.process(world.frame(SESSION, i));
                assertThat(seen).hasSize(2);
                seen.forEach(object -> ids.add(object.track().id()));
            }
            assertThat(ids).containsExactlyInAnyOrder(1L, 2L);
            assertThat(run(follower, world, 150, 151)).allSatisfy(object -> {
                assertThat(object.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(object.track().ageFrames()).isEqualTo(150);
                assertThat(object.mask()).isPresent();
                assertThat(object.prompt()).hasValue("detector");
            });
        }
    }

    @Test
    void process_objectHiddenForAWhile_isOccludedAndComesBackAsItself() throws Exception {
        var world =
                ThingWorld.of(new Thing(ThingWorld.RED, i -> i >= 10 && i < 20 ? Optional.empty() : Optional.of(LEFT)));
        try (var follower = follower(new ThingTracker.Factory(world), finderOf(world))) {
            run(follower, world, 0, 10);
            var hidden = run(follower, world, 10, 20);
            assertThat(hidden).singleElement().satisfies(object -> {
                assertThat(object.track().state()).isEqualTo(TrackState.OCCLUDED);
                assertThat(object.mask()).isEmpty();
            });
            var back = run(follower, world, 20, 21);
            assertThat(back).singleElement().satisfies(object -> {
                assertThat(object.track().id()).isEqualTo(1);
                assertThat(object.track().state()).isEqualTo(TrackState.CONFIRMED);
            });
        }
    }

    @Test
    void process_objectThatTheTrackerLostIsFoundAgain_keepsItsIdentity() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var engines = new ThingTracker.Factory(world);
        try (var follower = follower(engines, finderOf(world))) {
            run(follower, world, 0, 12);
            engines.last().slip(1, -1);
            assertThat(run(follower, world, 12, 14).getFirst().track().state()).isEqualTo(TrackState.OCCLUDED);
            var found = run(follower, world, 14, 31);
            assertThat(found).singleElement().satisfies(object -> {
                assertThat(object.track().id()).isEqualTo(1);
                assertThat(object.track().state()).isEqualTo(TrackState.CONFIRMED);
            });
        }
    }

    @Test
    void process_objectGoneForGood_isLostOnceThenRemovedFromTheTrackerToo() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, i -> i >= 10 ? Optional.empty() : Optional.of(LEFT)));
        var engines = new ThingTracker.Factory(world);
        try (var follower = follower(engines, finderOf(world))) {
            run(follower, world, 0, 10);
            var states = IntStream.range(10, 200)
                    .mapToObj(i -> processed(follower, world, i))
                    .flatMap(List::stream)
                    .map(object -> object.track().state())
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
        try (var follower = follower(engines, finderOf(world))) {
            assertThat(run(follower, world, 0, 50)).isEmpty();
            assertThat(engines.last().processed()).isZero();
        }
    }

    @Test
    void process_maskSlipsOntoSomethingOfOtherColours_isNeverBelievedAndGivenUp() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        var engines = new ThingTracker.Factory(world);
        try (var follower = follower(engines, _ -> List.of())) {
            run(follower, world, 0, 1);
            follower.fulfil(OptionalLong.empty(), List.of(point(40, 40)));
            run(follower, world, 1, 10);
            engines.last().slip(1, 1);
            for (int i = 10; i < 30; i++) {
                assertThat(follower.process(world.frame(SESSION, i)))
                        .allSatisfy(object -> assertThat(object.track().box().overlapWith(RIGHT))
                                .isZero());
            }
            assertThat(engines.last().objects()).isEmpty();
        }
    }

    @Test
    void process_twoMasksBecomeOne_theYoungerGoes() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.RED, RIGHT));
        var engines = new ThingTracker.Factory(world);
        try (var follower = follower(engines, finderOf(world))) {
            run(follower, world, 0, 9);
            assertThat(engines.last().objects()).containsExactlyInAnyOrder(1L, 2L);
            engines.last().slip(2, 0);
            run(follower, world, 9, 12);
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
        try (var follower = follower(engines, finderOf(world))) {
            assertThat(run(follower, world, 0, 40)).hasSize(3);
            assertThat(engines.last().objects()).hasSize(3);
            assertThatExceptionOfType(WishRefusedException.class)
                    .isThrownBy(() -> follower.fulfil(OptionalLong.empty(), List.of(point(170, 20))))
                    .satisfies(e -> assertThat(e.why()).isEqualTo(WishRefusedException.Cause.FULL));
        }
    }

    @Test
    void process_newSession_startsAfreshAndClosesTheOldTracker() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var engines = new ThingTracker.Factory(world);
        try (var follower = follower(engines, finderOf(world))) {
            run(follower, world, 0, 5);
            var before = engines.last();
            assertThat(follower.process(world.frame(LATER, 0)))
                    .singleElement()
                    .satisfies(object -> assertThat(object.track().ageFrames()).isZero());
            assertThat(before.isClosed()).isTrue();
        }
    }

    @Test
    void fulfil_pointOnAPictureGoneBy_isFollowedAtOnce() throws Exception {
        var world = ThingWorld.of(new Thing(ThingWorld.RED, i -> Optional.of(new Box(20 + 10 * i, 20, 40, 40))));
        try (var follower = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(follower, world, 0, 10);
            // The thing is at 80..120 in picture 6, at 110..150 in picture 9.
            assertThatExceptionOfType(WishRefusedException.class)
                    .isThrownBy(() -> follower.fulfil(OptionalLong.of(9), List.of(point(85, 40))))
                    .satisfies(e -> assertThat(e.why()).isEqualTo(WishRefusedException.Cause.NOTHING_THERE));
            var made = follower.fulfil(OptionalLong.of(6), List.of(point(85, 40)));
            assertThat(made).singleElement().satisfies(object -> {
                assertThat(object.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(object.track().label()).isEqualTo("ball");
                assertThat(object.prompt()).hasValue("point");
            });
            assertThat(run(follower, world, 10, 11))
                    .singleElement()
                    .satisfies(object -> assertThat(object.track().box()).isEqualTo(new Box(120, 20, 40, 40)));
        }
    }

    @Test
    void copy_pictureThatIsKept_isItsOwnAndStaysAsItIs() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        try (var follower = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(follower, world, 0, 3);
            var copy = follower.copy(OptionalLong.of(1));
            run(follower, world, 3, 30);
            assertThat(copy.stamp().id().frameNumber()).isEqualTo(1);
            assertThat(copy.bgr().get((30 * 320 + 30) * 3 + 2)).isEqualTo((byte) 0xe0);
            assertThatExceptionOfType(WishRefusedException.class)
                    .isThrownBy(() -> follower.copy(OptionalLong.of(1)))
                    .satisfies(e -> assertThat(e.why()).isEqualTo(WishRefusedException.Cause.NO_SUCH_PICTURE));
        }
    }

    @Test
    void fulfil_correctionOfAFollowedObject_movesItAndKeepsItsIdentity() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        try (var follower = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(follower, world, 0, 1);
            long id = follower.fulfil(OptionalLong.empty(), List.of(point(40, 40)))
                    .getFirst()
                    .track()
                    .id();
            run(follower, world, 1, 5);
            follower.fulfil(OptionalLong.empty(), List.of(box(OptionalLong.of(id), RIGHT)));
            assertThat(run(follower, world, 5, 12)).singleElement().satisfies(object -> {
                assertThat(object.track().id()).isEqualTo(id);
                assertThat(object.track().box()).isEqualTo(RIGHT);
                assertThat(object.track().state()).isEqualTo(TrackState.CONFIRMED);
            });
            assertThat(follower.remove(id)).isTrue();
            assertThat(follower.remove(id)).isFalse();
            assertThat(run(follower, world, 12, 13)).isEmpty();
        }
    }

    @Test
    void fulfil_whatCannotBe_saysWhyAndChangesNothing() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        var engines = new ThingTracker.Factory(world);
        try (var follower = follower(engines, _ -> List.of())) {
            refuses(follower, OptionalLong.empty(), point(40, 40), WishRefusedException.Cause.NO_SUCH_PICTURE);
            run(follower, world, 0, 20);
            refuses(follower, OptionalLong.of(3), point(40, 40), WishRefusedException.Cause.NO_SUCH_PICTURE);
            refuses(follower, OptionalLong.empty(), point(320, 40), WishRefusedException.Cause.UNUSABLE);
            refuses(follower, OptionalLong.empty(), point(-1, 40), WishRefusedException.Cause.UNUSABLE);
            refuses(follower, OptionalLong.empty(), point(300, 200), WishRefusedException.Cause.NOTHING_THERE);
            var beyond = box(OptionalLong.empty(), new Box(300, 20, 40, 40));
            refuses(follower, OptionalLong.empty(), beyond, WishRefusedException.Cause.UNUSABLE);
            var unknown = box(OptionalLong.of(77), LEFT);
            refuses(follower, OptionalLong.empty(), unknown, WishRefusedException.Cause.UNKNOWN_OBJECT);
            var otherSize = new Wish(
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(PictureMask.of(new dev.aerie.video.PictureSize(64, 64), new Box(1, 1, 9, 9))));
            refuses(follower, OptionalLong.empty(), otherSize, WishRefusedException.Cause.UNUSABLE);
            assertThat(engines.last().objects()).isEmpty();
        }
    }

    @Test
    void resume_stateOfTheSameSession_goesOnWithTheSameIdentities() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT), Thing.still(ThingWorld.GREEN, RIGHT));
        byte[] saved;
        try (var first = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            run(first, world, 0, 1);
            first.fulfil(OptionalLong.empty(), List.of(point(40, 40)));
            first.fulfil(OptionalLong.empty(), List.of(point(210, 130)));
            run(first, world, 1, 20);
            first.remove(1);
            saved = bytes(first.save().orElseThrow());
        }
        try (var second = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            second.resume(SavedState.read(new ByteArrayInputStream(saved)));
            assertThat(run(second, world, 24, 25)).singleElement().satisfies(object -> {
                assertThat(object.track().id()).isEqualTo(2);
                assertThat(object.track().state()).isEqualTo(TrackState.CONFIRMED);
                assertThat(object.track().label()).isEqualTo("ball");
                assertThat(object.track().ageFrames()).isEqualTo(24);
            });
            assertThat(second.fulfil(OptionalLong.empty(), List.of(point(40, 40)))
                            .getFirst()
                            .track()
                            .id())
                    .isEqualTo(3);
        }
    }

    @Test
    void resume_stateOfAnotherSessionOrDamaged_beginsAnew() throws Exception {
        var world = ThingWorld.of(Thing.still(ThingWorld.RED, LEFT));
        byte[] saved;
        try (var first = follower(new ThingTracker.Factory(world), finderOf(world))) {
            run(first, world, 0, 20);
            saved = bytes(first.save().orElseThrow());
        }
        for (int cut : new int[] {0, 3, 30, 200, saved.length - 1}) {
            byte[] damaged = java.util.Arrays.copyOf(saved, cut);
            try (var second = follower(new ThingTracker.Factory(world), _ -> List.of())) {
                second.resume(SavedState.read(new ByteArrayInputStream(damaged)));
                assertThat(run(second, world, 0, 2)).isEmpty();
            }
        }
        try (var second = follower(new ThingTracker.Factory(world), _ -> List.of())) {
            second.resume(SavedState.read(new ByteArrayInputStream(saved)));
            assertThat(second.process(world.frame(LATER, 0))).isEmpty();
        }
    }

    @Test
    void process_thousandsOfPicturesWithThingsThatComeAndGo_keepsABoundedMemory() throws Exception {
        var world = ThingWorld.of(
                new Thing(ThingWorld.RED, i -> i % 400 < 100 ? Optional.of(LEFT) : Optional.empty()),
                new Thing(ThingWorld.BLUE, i -> i % 300 < 80 ? Optional.of(RIGHT) : Optional.empty()));
        var engines = new ThingTracker.Factory(world);
        try (var follower = follower(engines, finderOf(world))) {
            long most = 0;
            for (int i = 0; i < 3000; i++) {
                follower.process(world.frame(SESSION, i));
                most = Math.max(most, engines.last().objects().size());
            }
            assertThat(most).isEqualTo(2);
            long pictures = LIMITS.bufferedPictures() * 320L * 240 * 3;
            assertThat(follower.memory().nativeBytes()).isEqualTo(pictures);
        }
    }

    private static void refuses(
            MaskFollower follower, OptionalLong frameNumber, Wish wish, WishRefusedException.Cause why) {
        assertThatExceptionOfType(WishRefusedException.class)
                .isThrownBy(() -> follower.fulfil(frameNumber, List.of(wish)))
                .satisfies(e -> assertThat(e.why()).isEqualTo(why));
    }

    private static byte[] bytes(SavedState state) throws IOException {
        var out = new ByteArrayOutputStream();
        state.writeTo(out);
        return out.toByteArray();
    }

    private static List<FollowedObject> processed(MaskFollower follower, ThingWorld world, int i) {
        VideoFrame frame = world.frame(SESSION, i);
        try {
            return follower.process(frame);
        } catch (ModelException e) {
            throw new AssertionError(e);
        }
    }
}
