package dev.aerie.ptz.aim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrameGroupTest {

    private final AimScene scene = new AimScene();
    private final TargetChooser chooser = new TargetChooser(AimConfig.DEFAULT);

    @BeforeEach
    void frameTheGroup() {
        chooser.use(new AimMode.FrameGroup());
    }

    @Test
    void superBox_ofSeveral_reachesFromTheLeastToTheGreatest() {
        assertThat(SuperBox.of(List.of(new Box(10, 20, 30, 40), new Box(5, 50, 10, 60))))
                .isEqualTo(new Box(5, 20, 35, 90));
        assertThatThrownBy(() -> SuperBox.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void choose_twoFarApart_framesBothWithMargins() {
        var aim =
                chooser.choose(scene.person(1, -24, 0).person(2, 24, 0).next()).orElseThrow();

        assertThat(aim.trackIds()).containsExactly(1L, 2L);
        assertThat(aim.trackId()).isEmpty();
        assertThat(aim.reason()).isEqualTo(Aim.Reason.GROUP);
        assertThat(aim.observation().x()).isCloseTo(0, within(1e-9));
        double halfTangent = Math.tan(Math.toRadians(24)) / Math.tan(Math.toRadians(30));
        assertThat(aim.observation().width()).isGreaterThan(1.2 * halfTangent).isLessThan(1.4 * halfTangent);
        assertThat(aim.framing().zoomFactorFor(aim.observation())).isLessThan(1);
    }

    @Test
    void choose_oneFarFromFive_leavesThatOneOut() {
        crowd();
        var aim = chooser.choose(scene.person(6, 28, 0).next()).orElseThrow();

        assertThat(aim.trackIds()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void choose_outlierComesAndGoesAtTheEdge_groupDoesNotFlicker() {
        var sizes = new ArrayList<Integer>();
        for (int i = 0; i < 400; i++) {
            crowd();
            double pan = 10.5 + (i % 2 == 0 ? 0.8 : -0.8);
            sizes.add(chooser.choose(scene.person(6, pan, 0).next())
                    .orElseThrow()
                    .trackIds()
                    .size());
        }

        long changes = 0;
        for (int i = 1; i < sizes.size(); i++) {
            changes += sizes.get(i).equals(sizes.get(i - 1)) ? 0 : 1;
        }
        assertThat(changes).isLessThanOrEqualTo(1);
    }

    @Test
    void choose_memberWalksOffForGood_isLeftOutAfterAWhile() {
        Optional<Aim> aim = Optional.empty();
        for (int i = 0; i < 200; i++) {
            crowd();
            aim = chooser.choose(scene.person(6, Math.min(28, 2 + 5 * scene.seconds()), 0)
                    .next());
            if (i < 25) {
                assertThat(aim.orElseThrow().trackIds()).hasSize(6);
            }
        }

        assertThat(aim.orElseThrow().trackIds()).hasSize(5);
    }

    @Test
    void choose_memberFlickers_boxStays() {
        var widths = new ArrayList<Double>();
        for (int i = 0; i < 60; i++) {
            scene.person(1, -8, 0).person(2, 0, 1);
            if (i % 4 != 3) {
                scene.person(3, 8, 0);
            }
            widths.add(chooser.choose(scene.next()).orElseThrow().observation().width());
        }

        assertThat(widths).allSatisfy(width -> assertThat(width).isCloseTo(widths.getFirst(), within(1e-6)));
    }

    @Test
    void choose_memberGoneForASecond_boxCloses() {
        chooser.choose(scene.person(1, -8, 0).person(2, 0, 1).person(3, 8, 0).next());
        Optional<Aim> aim = Optional.empty();
        for (int i = 0; i < 30; i++) {
            aim = chooser.choose(scene.person(1, -8, 0).person(2, 0, 1).next());
        }

        assertThat(aim.orElseThrow().trackIds()).containsExactly(1L, 2L);
    }

    private void crowd() {
        for (int id = 1; id <= 5; id++) {
            scene.person(id, id - 3, 0);
        }
    }
}
