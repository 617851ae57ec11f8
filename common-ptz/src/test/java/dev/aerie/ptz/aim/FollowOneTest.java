package dev.aerie.ptz.aim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.TrackState;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowOneTest {

    private final AimScene scene = new AimScene();
    private final TargetChooser chooser = new TargetChooser(AimConfig.DEFAULT);

    @Test
    void choose_holdManualAndTour_followNobody() {
        for (var mode : List.of(
                new AimMode.Hold(),
                new AimMode.Manual(),
                new AimMode.Tour(List.of(new TourStop("1", java.time.Duration.ofSeconds(5)))))) {
            chooser.use(mode);

            assertThat(chooser.choose(scene.person(1, 0, 0).next()))
                    .as(mode.key())
                    .isEmpty();
            assertThat(chooser.status()).isEqualTo(new TargetStatus.None());
        }
    }

    @Test
    void choose_emptyFrames_noAimAndNoFailure() {
        for (var mode : List.of(
                new AimMode.FollowOne(new TargetSelector.MostInteresting()),
                new AimMode.FrameGroup(),
                new AimMode.FollowRunner())) {
            chooser.use(mode);

            assertThat(chooser.choose(scene.next())).as(mode.key()).isEmpty();
        }
    }

    @Test
    void choose_byId_givesPlaceAndShareOfThatTrack() {
        follow(new TargetSelector.ById(2));

        var aim = chooser.choose(scene.person(1, 0, 0).person(2, 15, -5).next()).orElseThrow();

        assertThat(aim.trackId()).hasValue(2);
        assertThat(aim.reason()).isEqualTo(Aim.Reason.CHOSEN);
        assertThat(aim.observation().x())
                .isCloseTo(Math.tan(Math.toRadians(15)) / Math.tan(Math.toRadians(30)), within(1e-9));
        assertThat(aim.observation().y()).isNegative();
        assertThat(aim.framing().zoomFactorFor(aim.observation()))
                .isCloseTo(0.45 / aim.observation().height(), within(1e-9));
    }

    @Test
    void choose_click_takesTheSmallestBoxRoundIt() {
        scene.thing(1, "car", 0, 0, 25, TrackState.CONFIRMED, "").person(2, 1, 0);
        follow(new TargetSelector.AtPoint(new ImagePoint(0.03, 0)));

        assertThat(chosen(scene.next())).hasValue(2L);
    }

    @Test
    void choose_clickBesideABox_takesTheNearest() {
        follow(new TargetSelector.AtPoint(new ImagePoint(0.1, 0)));

        assertThat(chosen(scene.person(1, -20, 0).person(2, 0, 0).next())).hasValue(2L);
    }

    @Test
    void choose_clickOnNothing_takesNobodyWhoComesByLater() {
        follow(new TargetSelector.AtPoint(new ImagePoint(0.9, 0)));
        for (int i = 0; i < 50; i++) {
            assertThat(chooser.choose(scene.next())).isEmpty();
        }

        assertThat(chooser.choose(scene.person(1, 27, 0).next())).isEmpty();
    }

    @Test
    void choose_byLabel_staysWithTheFirstOneThoughALargerOneComes() {
        follow(new TargetSelector.ByLabel("dog"));
        assertThat(chosen(scene.thing(4, "dog", 3, 0, 2, TrackState.CONFIRMED, "")
                        .person(1, 0, 0)
                        .next()))
                .hasValue(4L);
        for (int i = 0; i < 100; i++) {
            scene.thing(4, "dog", 3, 0, 2, TrackState.CONFIRMED, "")
                    .thing(5, "dog", -3, 0, 9, TrackState.CONFIRMED, "");

            assertThat(chosen(scene.next())).hasValue(4L);
        }
    }

    @Test
    void choose_targetFlickers_keepsItAndAimsOnlyWhenDetected() {
        follow(new TargetSelector.MostInteresting());
        for (int i = 0; i < 100; i++) {
            boolean seen = i % 3 == 0;
            if (seen) {
                scene.person(1, 0.2 * i, 0);
            } else {
                scene.predicted(1, 0.2 * i, 0);
            }
            scene.thing(2, "person", -20, 0, 4, TrackState.CONFIRMED, "");

            assertThat(chosen(scene.next())).isEqualTo(seen ? Optional.of(1L) : Optional.empty());
        }
    }

    @Test
    void choose_trackerGivesTheTargetANewId_isReacquiredNearItsPredictedPlace() {
        follow(new TargetSelector.ById(1));
        walk(1, 0, 50);
        for (int i = 0; i < 15; i++) {
            assertThat(chooser.choose(scene.next())).isEmpty();
        }
        assertThat(chooser.status()).isInstanceOf(TargetStatus.Lost.class);

        var aim = chooser.choose(
                scene.person(9, 10 * scene.seconds(), 0).person(8, -20, 0).next());

        assertThat(aim.orElseThrow().trackId()).hasValue(9);
        assertThat(aim.orElseThrow().reason()).isEqualTo(Aim.Reason.REACQUIRED);
    }

    @Test
    void choose_targetHiddenBehindAnother_doesNotTakeTheOneInFront() {
        follow(new TargetSelector.ById(1));
        for (int i = 0; i < 25; i++) {
            chooser.choose(scene.person(1, 4 * scene.seconds(), 0)
                    .person(2, 8 - 4 * scene.seconds(), 0)
                    .next());
        }
        for (int i = 0; i < 12; i++) {
            assertThat(chosen(scene.person(2, 8 - 4 * scene.seconds(), 0).next()))
                    .isEmpty();
        }

        scene.person(3, 4 * scene.seconds(), 0).person(2, 8 - 4 * scene.seconds(), 0);
        assertThat(chosen(scene.next())).hasValue(3L);
    }

    @Test
    void choose_trackerSwapsTheIdsOfTwoThatCross_identityFindsTheTarget() {
        follow(new TargetSelector.ById(1));
        chooser.choose(scene.person(1, -1, 0, "anna").person(2, 1, 0, "bert").next());

        assertThat(chosen(scene.person(1, 0.5, 0, "bert")
                        .person(2, -0.5, 0, "anna")
                        .next()))
                .hasValue(2L);
    }

    @Test
    void choose_newTrackHasAnotherIdentity_isNotTheTarget() {
        follow(new TargetSelector.ById(1));
        chooser.choose(scene.person(1, 0, 0, "anna").next());
        chooser.choose(scene.next());

        assertThat(chosen(scene.person(2, 0, 0, "bert").next())).isEmpty();
        assertThat(chosen(scene.person(3, 2, 0, "anna").next())).hasValue(3L);
    }

    @Test
    void choose_namedTargetAwayForLong_comesBackByItsIdentityOnly() {
        follow(new TargetSelector.ById(1));
        chooser.choose(scene.person(1, 0, 0, "anna").next());
        for (int i = 0; i < 150; i++) {
            assertThat(chooser.choose(scene.person(2, 5, 0).next())).isEmpty();
        }

        assertThat(chosen(scene.person(2, 5, 0).person(7, -25, 3, "anna").next()))
                .hasValue(7L);
    }

    @Test
    void choose_autoTargetAwayForLong_takesAnother() {
        follow(new TargetSelector.MostInteresting());
        chooser.choose(scene.person(1, 0, 0).next());
        Optional<Long> last = Optional.empty();
        for (int i = 0; i < 100; i++) {
            last = chosen(scene.person(2, -20, 0).next());
            assertThat(last).isEqualTo(i < 75 ? Optional.empty() : Optional.of(2L));
        }
        assertThat(last).hasValue(2L);
    }

    @Test
    void choose_byIdentity_waitsUntilItAppears() {
        follow(new TargetSelector.ByIdentity("anna"));

        assertThat(chosen(scene.person(1, 0, 0).person(2, 5, 0, "bert").next())).isEmpty();
        assertThat(chosen(scene.person(1, 0, 0, "anna").next())).hasValue(1L);
    }

    @Test
    void choose_cameraPansOverAStandingTarget_targetHasNoSpeed() {
        follow(new TargetSelector.ById(1));
        for (int i = 0; i < 50; i++) {
            chooser.choose(scene.camera(i * 0.8, 0, 1).person(1, 20, 0).next());
        }
        for (int i = 0; i < 25; i++) {
            chooser.choose(scene.camera(40, 0, 1).next());
        }

        assertThat(chosen(scene.person(2, 20.5, 0).next())).hasValue(2L);
    }

    @Test
    void choose_ignoredZone_nobodyInItIsChosenUnlessAPersonDoes() {
        var road = Zone.ignored("road", new ZoneArea.InDirections(new PtzRange(10, 40), new PtzRange(-90, 90)));
        var config = AimConfig.DEFAULT.withPriorities(new Priorities(Map.of("person", 1.0), 0, List.of(road)));
        var careful = new TargetChooser(config);
        careful.use(new AimMode.FollowOne(new TargetSelector.MostInteresting()));

        assertThat(careful.choose(scene.person(1, 15, 0).next())).isEmpty();
        assertThat(careful.choose(scene.person(1, 15, 0).person(2, 5, 0).next()))
                .hasValueSatisfying(aim -> assertThat(aim.trackId()).hasValue(2));
        careful.use(new AimMode.FollowOne(new TargetSelector.ById(1)));
        assertThat(careful.choose(scene.person(1, 15, 0).next())).isPresent();
    }

    @Test
    void choose_zoneInImage_weighsWhoStandsInIt() {
        var left = new ZoneArea.InImage(
                List.of(new ImagePoint(-1, -1), new ImagePoint(0, -1), new ImagePoint(0, 1), new ImagePoint(-1, 1)));
        var config = AimConfig.DEFAULT.withPriorities(
                new Priorities(Map.of("person", 1.0), 0, List.of(new Zone("door", left, 3))));
        var door = new TargetChooser(config);
        door.use(new AimMode.FollowOne(new TargetSelector.MostInteresting()));

        assertThat(door.choose(scene.thing(1, "person", 10, 0, 7, TrackState.CONFIRMED, "")
                        .person(2, -10, 0)
                        .next()))
                .hasValueSatisfying(aim -> assertThat(aim.trackId()).hasValue(2));
    }

    private void follow(TargetSelector selector) {
        chooser.use(new AimMode.FollowOne(selector));
    }

    private void walk(long id, double fromSeconds, int frames) {
        for (int i = 0; i < frames; i++) {
            chooser.choose(
                    scene.person(id, 10 * (scene.seconds() - fromSeconds), 0).next());
        }
    }

    private Optional<Long> chosen(AimFrame frame) {
        return chooser.choose(frame).map(aim -> aim.trackId().orElseThrow());
    }
}
