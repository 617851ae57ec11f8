package dev.aerie.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.Box;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Point;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.vision.mask.ObjectColour;
import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultOverlayTest {

    private static final int WIDTH = 160;
    private static final int HEIGHT = 120;

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);

    @Test
    void draw_mask_coloursItsPixelsAlone() {
        var mask = Mask.encode(HEIGHT, WIDTH, (x, y) -> x >= 40 && x < 60 && y >= 70 && y < 90);

        ResultOverlay.draw(image, result(object(TrackState.CONFIRMED, mask, null)));

        assertThat(rgb(50, 80)).isEqualTo(mixed(115));
        assertThat(rgb(39, 80)).isZero();
        assertThat(rgb(60, 80)).isZero();
        assertThat(rgb(50, 69)).isZero();
    }

    @Test
    void draw_box_isALineInTheObjectsColourWithALabelAboveIt() {
        ResultOverlay.draw(image, result(object(TrackState.CONFIRMED, null, null)));

        assertThat(rgb(30, 60)).isEqualTo(mixed(255));
        assertThat(rgb(100, 80)).as("inside").isZero();
        assertThat(rgb(32, 44)).as("label").isEqualTo(mixed(255));
    }

    @Test
    void draw_polygon_isFilledWhereThereIsNoMask() {
        var corners = List.of(new Point(40, 70), new Point(60, 70), new Point(60, 90), new Point(40, 90));

        ResultOverlay.draw(image, result(object(TrackState.CONFIRMED, null, corners)));

        assertThat(rgb(50, 80)).isEqualTo(mixed(76));
    }

    @Test
    void draw_lostObject_hasNoBox() {
        ResultOverlay.draw(image, result(object(TrackState.LOST, null, null)));

        assertThat(rgb(30, 60)).isZero();
    }

    @Test
    void draw_frameOfAnotherSize_isScaled() {
        var half = new BufferedImage(WIDTH / 2, HEIGHT / 2, BufferedImage.TYPE_3BYTE_BGR);
        var mask = Mask.encode(HEIGHT, WIDTH, (x, y) -> x >= 40 && x < 60 && y >= 70 && y < 90);

        ResultOverlay.draw(half, result(object(TrackState.LOST, mask, null)));

        assertThat(half.getRGB(25, 40) & 0xffffff).isEqualTo(mixed(115));
        assertThat(half.getRGB(31, 40) & 0xffffff).isZero();
    }

    /// The object's colour over black.
    private static int mixed(int opacity) {
        var colour = ObjectColour.of(7);
        return part(colour.red(), opacity) << 16 | part(colour.green(), opacity) << 8 | part(colour.blue(), opacity);
    }

    private static int part(int value, int opacity) {
        return (int) Math.round(value * opacity / 255.0);
    }

    private int rgb(int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }

    private static TrackedObject object(TrackState state, @Nullable Mask mask, @Nullable List<Point> polygon) {
        return new TrackedObject(7, "van", 0.91, new Box(30, 50, 100, 60), state, 3, null, 6000, mask, polygon);
    }

    private static FrameResult result(TrackedObject object) {
        var any = FrameMatcherTest.result("a", 1);
        return new FrameResult(any.envelope(), WIDTH, HEIGHT, any.tracker(), any.timing(), List.of(object));
    }
}
