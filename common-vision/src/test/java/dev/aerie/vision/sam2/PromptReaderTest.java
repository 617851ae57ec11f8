package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.sam2.Points.Meaning;
import dev.aerie.vision.track.Prompt;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromptReaderTest {

    private static final FrameSize SIZE = new FrameSize(1024, 256);

    private final PromptReader reader = new PromptReader(SIZE, new Geometry(512, 512));

    @Test
    void read_boxAndClickOfOneObject_areOnePromptInTheModelsPixelsBoxFirst() {
        List<PromptedObject> read = reader.read(List.of(click(4, 100, 50, false), box(4), click(2, 10, 10, true)));
        assertThat(read).extracting(PromptedObject::object).containsExactly(2L, 4L);
        assertThat(read.getLast().points().points())
                .containsExactly(
                        new Points.Point(100, 20, Meaning.TOP_LEFT),
                        new Points.Point(150, 60, Meaning.BOTTOM_RIGHT),
                        new Points.Point(50, 100, Meaning.BACKGROUND));
    }

    @Test
    void read_maskBesideClick_isRefused() {
        var mask = new Prompt.MaskPrompt(4, BinaryMask.of(SIZE, new Box(0, 0, 5, 5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.read(List.of(mask, click(4, 1, 1, true))))
                .withMessageContaining("object 4")
                .withMessageContaining("stands alone");
    }

    @Test
    void read_maskOfAnotherSize_isRefused() {
        var other = new FrameSize(640, 360);
        var mask = new Prompt.MaskPrompt(4, BinaryMask.of(other, new Box(0, 0, 5, 5)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.read(List.of(mask)))
                .withMessageContaining("object 4");
    }

    @Test
    void read_tenThousandClicks_isRefused() {
        List<Prompt> clicks = Collections.nCopies(10_000, click(4, 1, 1, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> reader.read(clicks))
                .withMessageContaining("10000 points in one frame, at most 64");
    }

    @Test
    void after_newBox_replacesTheEarlierOne() {
        Points earlier =
                reader.read(List.of(box(4), click(4, 2, 2, true))).getFirst().points();
        Points again = reader.read(List.of(box(4))).getFirst().points();
        assertThat(again.after(earlier).points())
                .extracting(Points.Point::meaning)
                .containsExactly(Meaning.TOP_LEFT, Meaning.BOTTOM_RIGHT, Meaning.FOREGROUND);
    }

    private static Prompt click(long object, double x, double y, boolean positive) {
        return new Prompt.PointPrompt(object, List.of(new Prompt.Click(new Point(x, y), positive)));
    }

    private static Prompt box(long object) {
        return new Prompt.BoxPrompt(object, new Box(200, 10, 100, 20));
    }
}
