package dev.aerie.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.simulator.geometry.CameraIntrinsics;
import dev.aerie.simulator.render.Renderer;
import dev.aerie.simulator.world.Scenario;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VisibleBodyTest {

    private static final FrameSize SIZE = new FrameSize(320, 180);

    private static VisibleBody body(double width, double height, double visibleShare) {
        return new VisibleBody(1, "person", new Box(10, 10, width, height), visibleShare);
    }

    @Test
    void isToBeFound_longerSideOfAFifteenthOfTheHeight_is() {
        assertThat(body(4, 12, 1).isToBeFound(SIZE)).isTrue();
        assertThat(body(12, 4, 1).isToBeFound(SIZE)).isTrue();
        assertThat(body(4, 11.9, 1).isToBeFound(SIZE)).isFalse();
    }

    @Test
    void isToBeFound_lessThanHalfInSight_isNot() {
        assertThat(body(40, 120, 0.5).isToBeFound(SIZE)).isTrue();
        assertThat(body(40, 120, 0.49).isToBeFound(SIZE)).isFalse();
    }

    /// Somewhere in these frames a body stands free, and another is cut by the frame's edge or hidden.
    @Test
    void in_framesOfThePatrol_giveTheVisibleFractionOfEachBody() {
        var scene = Scenario.PATROL.scene(7);
        var renderer = new Renderer(CameraIntrinsics.of(SIZE));
        renderer.render(scene, 2);
        var bodies = VisibleBody.in(renderer, scene, 2);

        assertThat(bodies).hasSizeGreaterThan(5);
        assertThat(bodies).allSatisfy(body -> assertThat(body.visibleShare()).isBetween(0.0, 1.0));
        assertThat(bodies).anySatisfy(body -> {
            assertThat(body.visibleShare()).isGreaterThan(0.9);
            assertThat(body.isToBeFound(SIZE)).isTrue();
        });
        assertThat(bodies).anySatisfy(body -> assertThat(body.visibleShare()).isLessThan(0.5));
    }

    @Test
    void parse_outputOfToJson_isTheSame() throws IOException {
        var truth = FrameTruth.of(1_763_712_000_000_000_123L, SIZE, List.of(body(4, 12, 0.75)));

        assertThat(FrameTruth.parse(truth.toJson())).isEqualTo(truth);
        assertThat(truth.toJson()).contains("\"capture_time_ns\":1763712000000000123", "\"visible_share\":0.75");
    }
}
