package dev.aerie.ptz.aim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.TrackState;
import java.util.HashSet;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OvertakingTest {

    private final AimScene scene = new AimScene();
    private final TargetChooser chooser = new TargetChooser(AimConfig.DEFAULT);

    @Test
    void choose_aMoreInterestingOneStays_isTakenAfterAWhile() {
        chooser.use(new AimMode.FollowOne(new TargetSelector.MostInteresting()));
        for (int i = 0; i < 100; i++) {
            chooser.choose(
                    scene.thing(1, "person", 0, 0, 4, TrackState.CONFIRMED, "").next());
        }
        double beganAt = scene.seconds();
        Optional<Aim> aim = Optional.empty();
        while (scene.seconds() < beganAt + 3
                && aim.filter(made -> made.reason() == Aim.Reason.OVERTAKEN).isEmpty()) {
            double pan = -20 + 8 * (scene.seconds() - beganAt);
            scene.thing(1, "person", 0, 0, 4, TrackState.CONFIRMED, "")
                    .thing(2, "person", pan, 0, 12, TrackState.CONFIRMED, "");
            aim = chooser.choose(scene.next());
        }

        assertThat(aim.orElseThrow().trackId()).hasValue(2);
        assertThat(scene.seconds() - beganAt).isBetween(1.0, 2.0);
    }

    @Test
    void choose_someoneFlashesByForHalfASecond_targetStays() {
        chooser.use(new AimMode.FollowOne(new TargetSelector.MostInteresting()));
        for (int i = 0; i < 200; i++) {
            scene.thing(1, "person", 0, 0, 4, TrackState.CONFIRMED, "");
            if (i >= 100 && i < 112) {
                scene.thing(2, "person", (i - 100) * 0.6, 0, 14, TrackState.CONFIRMED, "");
            }

            assertThat(chooser.choose(scene.next()).orElseThrow().trackId()).hasValue(1);
        }
    }

    @Test
    void choose_runner_takesTheFastestAndNotTheLargest() {
        chooser.use(new AimMode.FollowRunner());
        Optional<Aim> aim = Optional.empty();
        for (int i = 0; i < 50; i++) {
            scene.thing(1, "person", 2 * scene.seconds(), 3, 14, TrackState.CONFIRMED, "")
                    .thing(2, "person", -10 + 6 * scene.seconds(), -3, 3, TrackState.CONFIRMED, "");
            aim = chooser.choose(scene.next());
        }

        assertThat(aim.orElseThrow().trackId()).hasValue(2);
    }

    @Test
    void choose_runnerWithBothNearlyAsFastAndNoisy_neverFlips() {
        chooser.use(new AimMode.FollowRunner());
        var random = new SplittableRandom(5);
        var chosen = new HashSet<Long>();
        for (int i = 0; i < 500; i++) {
            double noise = random.nextDouble(-0.15, 0.15);
            double faster = 0.5 * Math.sin(scene.seconds());
            scene.person(1, -25 + 2.5 * scene.seconds() + faster + noise, 3)
                    .person(2, -25 + 2.5 * scene.seconds() - faster - noise, -3);
            chooser.choose(scene.next())
                    .ifPresent(aim -> chosen.add(aim.trackId().orElseThrow()));
        }

        assertThat(chosen).hasSize(1);
    }

    @Test
    void choose_runnerIsMuchFasterLater_takesOverOnce() {
        chooser.use(new AimMode.FollowRunner());
        int changes = 0;
        long last = -1;
        for (int i = 0; i < 250; i++) {
            double sprint = Math.max(0, scene.seconds() - 5) * 8;
            scene.person(1, -25 + 3 * scene.seconds(), 3).person(2, -25 + 2 * scene.seconds() + sprint, -3);
            var aim = chooser.choose(scene.next());
            if (aim.isPresent() && aim.get().trackId().orElseThrow() != last) {
                last = aim.get().trackId().orElseThrow();
                changes++;
            }
        }

        assertThat(last).isEqualTo(2);
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void choose_cameraFollowsTheRunner_worldSpeedDecidesNotTheImage() {
        chooser.use(new AimMode.FollowRunner());
        Optional<Aim> aim = Optional.empty();
        for (int i = 0; i < 60; i++) {
            double runner = 8 * scene.seconds();
            scene.camera(runner, 0, 1).person(1, runner, 0).person(2, 10, -2);
            aim = chooser.choose(scene.next());
        }

        assertThat(aim.orElseThrow().trackId()).hasValue(1);
    }

    @Test
    void choose_nobodyRuns_noRunner() {
        chooser.use(new AimMode.FollowRunner());
        for (int i = 0; i < 100; i++) {
            assertThat(chooser.choose(scene.person(1, 0.5 * scene.seconds(), 0).next()))
                    .isEmpty();
        }
    }
}
