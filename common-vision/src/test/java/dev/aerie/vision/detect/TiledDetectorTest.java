package dev.aerie.vision.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.Box;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// White rectangles on black, found by a detector that sees nothing smaller than a tenth of what it is given.
final class TiledDetectorTest {

    private static final FrameSize SIZE = new FrameSize(200, 100);
    private static final int BYTES_PER_PIXEL = 3;

    private final ByteBuffer bgr = ByteBuffer.allocateDirect(SIZE.widthPixels() * SIZE.heightPixels() * 3);
    private final WhiteBoxes whiteBoxes = new WhiteBoxes();

    @Test
    void detect_smallOnes_areFoundOnceWhereTheyAre() throws Exception {
        draw(new Box(10, 20, 16, 8));
        draw(new Box(95, 30, 14, 12));

        assertThat(boxes(whiteBoxes)).isEmpty();
        assertThat(boxes(new TiledDetector(whiteBoxes, 2)))
                .containsExactlyInAnyOrder(new Box(10, 20, 16, 8), new Box(95, 30, 14, 12));
    }

    @Test
    void detect_oneThatTilesCutOff_isThatOfTheWholeFrame() throws Exception {
        draw(new Box(40, 10, 120, 80));

        assertThat(boxes(new TiledDetector(whiteBoxes, 2))).containsExactly(new Box(40, 10, 120, 80));
        assertThat(whiteBoxes.sizes)
                .containsExactly(
                        SIZE,
                        new FrameSize(112, 56),
                        new FrameSize(112, 56),
                        new FrameSize(112, 56),
                        new FrameSize(112, 56));
    }

    @Test
    void grid_ofAnyFrame_coversIt() {
        var size = new FrameSize(101, 67);
        for (int across = 2; across <= TiledDetector.MAX_TILES_ACROSS; across++) {
            List<FrameTile> tiles = FrameTile.grid(frame(size), across, 0.2);
            assertThat(tiles).hasSize(across * across);
            for (int x = 0; x < size.widthPixels(); x++) {
                for (int y = 0; y < size.heightPixels(); y++) {
                    assertThat(isIn(tiles, x, y)).isTrue();
                }
            }
            assertThat(tiles)
                    .allMatch(tile -> tile.left() + tile.size().widthPixels() <= size.widthPixels()
                            && tile.top() + tile.size().heightPixels() <= size.heightPixels());
        }
    }

    @Test
    void tiledDetector_tooManyTiles_isRefused() {
        assertThatThrownBy(() -> new TiledDetector(whiteBoxes, 5)).hasMessage("tiles are 2..4 across, were 5");
    }

    private static boolean isIn(List<FrameTile> tiles, int x, int y) {
        return tiles.stream()
                .anyMatch(tile -> x >= tile.left()
                        && y >= tile.top()
                        && x < tile.left() + tile.size().widthPixels()
                        && y < tile.top() + tile.size().heightPixels());
    }

    private List<Box> boxes(Detector detector) throws Exception {
        return detector.detect(HeapFrame.of(stamp(), SIZE, bgr)).detections().stream()
                .map(Detection::box)
                .toList();
    }

    private void draw(Box box) {
        for (int y = (int) box.topPixels(); y < box.bottomPixels(); y++) {
            for (int x = (int) box.leftPixels(); x < box.rightPixels(); x++) {
                bgr.put((y * SIZE.widthPixels() + x) * BYTES_PER_PIXEL, (byte) 255);
            }
        }
    }

    private static VideoFrame frame(FrameSize size) {
        return HeapFrame.of(
                stamp(), size, ByteBuffer.allocateDirect(size.widthPixels() * size.heightPixels() * BYTES_PER_PIXEL));
    }

    private static FrameStamp stamp() {
        return new FrameStamp(new FrameId("live", "local-1", 1), 1, CaptureClock.ARRIVAL);
    }

    /// The rectangles of white pixels that are a tenth of the frame wide and high, or more.
    private static final class WhiteBoxes implements Detector {

        private final List<FrameSize> sizes = new ArrayList<>();

        @Override
        public DetectionResult detect(VideoFrame frame) {
            sizes.add(frame.size());
            var found = new ArrayList<Detection>();
            for (int y = 0; y < frame.size().heightPixels(); y++) {
                for (int x = 0; x < frame.size().widthPixels(); x++) {
                    if (isWhite(frame, x, y) && !isWhite(frame, x - 1, y) && !isWhite(frame, x, y - 1)) {
                        add(frame, x, y, found);
                    }
                }
            }
            return new DetectionResult(found, Optional.empty());
        }

        private static void add(VideoFrame frame, int left, int top, List<Detection> found) {
            int right = left;
            int bottom = top;
            while (isWhite(frame, right, top)) {
                right++;
            }
            while (isWhite(frame, left, bottom)) {
                bottom++;
            }
            if (10 * (right - left) >= frame.size().widthPixels()
                    && 10 * (bottom - top) >= frame.size().heightPixels()) {
                found.add(new Detection(new Box(left, top, right - left, bottom - top), "box", 0.9));
            }
        }

        private static boolean isWhite(VideoFrame frame, int x, int y) {
            return x >= 0
                    && y >= 0
                    && x < frame.size().widthPixels()
                    && y < frame.size().heightPixels()
                    && frame.bgr().get(y * frame.strideBytes() + x * BYTES_PER_PIXEL) != 0;
        }

        @Override
        public String name() {
            return "white";
        }

        @Override
        public void close() {}
    }
}
