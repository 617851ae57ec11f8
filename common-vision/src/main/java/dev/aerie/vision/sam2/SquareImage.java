package dev.aerie.vision.sam2;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ElementType;
import dev.aerie.vision.onnx.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A frame stretched to a square on the CPU, as a tensor: 1 × side × side × 3, blue, green, red.
///
/// The filter is that of [AntialiasedResize], rows before columns, rounded to 8 bits at the end: on a CPU several times
/// faster than the graph's own, which then has nothing left to do. Owns its memory until [#close]; used by one thread.
final class SquareImage implements AutoCloseable {

    private static final int CHANNELS = 3;
    private static final int WHITE = 255;
    private static final float HALF = 0.5f;

    private final int side;
    private final TensorArena square;
    private final byte[] squareRow;
    private @Nullable Scale scale;

    /// - `side`: in pixels
    SquareImage(int side) {
        this.side = side;
        this.square = new TensorArena(ElementType.UINT8, 1, side, side, CHANNELS);
        this.squareRow = new byte[side * CHANNELS];
    }

    /// The pixels of `frame`; valid until the next call.
    @MustBeClosed
    Tensor of(VideoFrame frame) {
        FrameSize size = frame.size();
        if (scale == null || !scale.size.equals(size)) {
            scale = new Scale(size, side);
        }
        ByteBuffer to = square.bytes();
        for (int y = 0; y < side; y++) {
            scale.mixRows(frame, y);
            scale.mixColumns(squareRow);
            to.put(y * squareRow.length, squareRow);
        }
        return square.shaped(1, side, side, CHANNELS);
    }

    @Override
    public void close() {
        square.close();
    }

    /// The weights for frames of one size, and a row on its way.
    private static final class Scale {

        private final FrameSize size;
        private final int side;
        private final Triangles rows;
        private final int[] columns;
        private final float[][] columnWeights;
        private final byte[] frameRow;
        private final float[] mixed;

        Scale(FrameSize size, int side) {
            this.size = size;
            this.side = side;
            rows = Triangles.of(size.heightPixels(), side);
            var across = Triangles.of(size.widthPixels(), side);
            columns = new int[side];
            columnWeights = new float[side][];
            for (int x = 0; x < side; x++) {
                columns[x] = CHANNELS * across.first(x);
                columnWeights[x] = across.weights(x);
            }
            frameRow = new byte[CHANNELS * size.widthPixels()];
            mixed = new float[frameRow.length];
        }

        /// The frame's rows that cover row `y` of the square, as one.
        void mixRows(VideoFrame frame, int y) {
            ByteBuffer bgr = frame.bgr();
            int row = rows.first(y);
            Arrays.fill(mixed, 0);
            for (float weight : rows.weights(y)) {
                bgr.get(row * frame.strideBytes(), frameRow);
                add(frameRow, weight, mixed);
                row++;
            }
        }

        void mixColumns(byte[] to) {
            for (int x = 0; x < side; x++) {
                float blue = HALF;
                float green = HALF;
                float red = HALF;
                int at = columns[x];
                for (float weight : columnWeights[x]) {
                    blue += weight * mixed[at];
                    green += weight * mixed[at + 1];
                    red += weight * mixed[at + 2];
                    at += CHANNELS;
                }
                to[CHANNELS * x] = (byte) Math.min(WHITE, (int) blue);
                to[CHANNELS * x + 1] = (byte) Math.min(WHITE, (int) green);
                to[CHANNELS * x + 2] = (byte) Math.min(WHITE, (int) red);
            }
        }

        /// A loop of its own, so that the compiler makes vectors of it.
        private static void add(byte[] values, float weight, float[] sums) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += weight * (values[i] & 0xFF);
            }
        }
    }
}
