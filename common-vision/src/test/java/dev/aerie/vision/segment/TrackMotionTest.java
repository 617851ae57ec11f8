package dev.aerie.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.video.FrameSize;
import org.junit.jupiter.api.Test;

final class TrackMotionTest {

    private static final FrameSize FRAME = new FrameSize(320, 180);
    private static final MaskGeometry OBJECT = new MaskGeometry(100, 60, 140, 100, 1600, 120, 80);

    private final TrackMotion motion = new TrackMotion(BilateralConfig.LIVE, OBJECT);

    @Test
    void searchWindow_objectInside_goesBeyondItByItsPadding() {
        var window = motion.searchWindow(OBJECT, FRAME);

        assertThat(window.left()).isEqualTo(64);
        assertThat(window.left() + window.width()).isEqualTo(176);
        assertThat(window.top()).isEqualTo(24);
        assertThat(window.top() + window.height()).isEqualTo(136);
    }

    @Test
    void searchWindow_objectOutside_isAtTheNearestEdge() {
        for (double[] way : new double[][] {{500, 0}, {-500, 0}, {0, 400}, {0, -400}, {900, 900}, {-150, -150}}) {
            var window = motion.searchWindow(OBJECT.moved(way[0], way[1]), FRAME);

            assertThat(window.left()).isBetween(0, 296);
            assertThat(window.top()).isBetween(0, 156);
            assertThat(window.width()).isBetween(24, 320 - window.left());
            assertThat(window.height()).isBetween(24, 180 - window.top());
        }
    }

    @Test
    void searchWindow_frameSmallerThanThePadding_isTheFrame() {
        var window = motion.searchWindow(OBJECT, new FrameSize(16, 9));

        assertThat(window.left()).isZero();
        assertThat(window.width()).isEqualTo(16);
        assertThat(window.height()).isEqualTo(9);
    }
}
