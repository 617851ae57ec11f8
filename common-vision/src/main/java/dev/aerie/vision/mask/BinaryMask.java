package dev.aerie.vision.mask;

import com.google.errorprone.annotations.MustBeClosed;
import dev.aerie.messages.Box;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/// The pixels of an object in a frame. Stores only their bounding rectangle. Immutable.
public final class BinaryMask {

    private final FrameSize size;
    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final byte[] inside;
    private final long areaPixels;

    private BinaryMask(FrameSize size, int left, int top, int width, int height, byte[] inside) {
        this.size = size;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.inside = inside;
        this.areaPixels = count(inside);
    }

    /// Of an object that is not in the frame.
    public static BinaryMask empty(FrameSize size) {
        return new BinaryMask(size, 0, 0, 0, 0, new byte[0]);
    }

    /// Of an object that lies within a rectangle of the frame.
    ///
    /// - `inside`: rows of the rectangle from its top, 1 for the object, 0 for not; owned from here on
    public static BinaryMask ofRegion(FrameSize size, int left, int top, int width, int height, byte[] inside) {
        boolean within =
                left >= 0 && top >= 0 && left + width <= size.widthPixels() && top + height <= size.heightPixels();
        if (!within || width < 0 || height < 0 || inside.length != width * height) {
            throw new IllegalArgumentException("a rectangle of " + width + " × " + height + " at " + left + ", " + top
                    + " with " + inside.length + " pixels does not fit a frame of " + size);
        }
        return trimmed(new BinaryMask(size, left, top, width, height, inside));
    }

    /// Of the pixels for which `test` holds; each is asked for once.
    public static BinaryMask of(FrameSize size, Mask.Inside test) {
        var inside = new byte[size.widthPixels() * size.heightPixels()];
        for (int y = 0; y < size.heightPixels(); y++) {
            for (int x = 0; x < size.widthPixels(); x++) {
                inside[y * size.widthPixels() + x] = (byte) (test.test(x, y) ? 1 : 0);
            }
        }
        return ofRegion(size, 0, 0, size.widthPixels(), size.heightPixels(), inside);
    }

    /// As a message carries it.
    public static BinaryMask of(Mask mask) {
        var size = new FrameSize(mask.widthPixels(), mask.heightPixels());
        BitSet pixels = mask.decode();
        return of(size, (x, y) -> pixels.get(y * size.widthPixels() + x));
    }

    /// Of the frame's pixels in `box`.
    public static BinaryMask of(FrameSize size, Box box) {
        int left = Math.clamp(Math.round(box.leftPixels()), 0, size.widthPixels());
        int top = Math.clamp(Math.round(box.topPixels()), 0, size.heightPixels());
        int right = Math.clamp(Math.round(box.rightPixels()), left, size.widthPixels());
        int bottom = Math.clamp(Math.round(box.bottomPixels()), top, size.heightPixels());
        var inside = new byte[(right - left) * (bottom - top)];
        Arrays.fill(inside, (byte) 1);
        return ofRegion(size, left, top, right - left, bottom - top, inside);
    }

    /// Of the frame that it belongs to.
    public FrameSize size() {
        return size;
    }

    public boolean isEmpty() {
        return areaPixels == 0;
    }

    public long areaPixels() {
        return areaPixels;
    }

    /// Whether the pixel at column `x` and row `y` of the frame belongs to the object.
    public boolean contains(int x, int y) {
        int column = x - left;
        int row = y - top;
        return column >= 0 && row >= 0 && column < width && row < height && inside[row * width + column] != 0;
    }

    /// The smallest box round the object's pixels; without area where there are none.
    public Box box() {
        return new Box(left, top, width, height);
    }

    /// Mean position of the object's pixels; the frame's corner where there are none.
    public Point centre() {
        double[] sums = new double[2];
        forEachRun((y, fromX, toX) -> {
            int pixels = toX - fromX;
            sums[0] += pixels * (fromX + toX) / 2.0;
            sums[1] += pixels * (y + 0.5);
        });
        return isEmpty() ? new Point(0, 0) : new Point(sums[0] / areaPixels, sums[1] / areaPixels);
    }

    /// Pixels that both have. Throws [IllegalArgumentException] unless both are of frames of the same size.
    public long sharedPixels(BinaryMask other) {
        requireSameSize(other);
        int fromX = Math.max(left, other.left);
        int toX = Math.min(left + width, other.left + other.width);
        int fromY = Math.max(top, other.top);
        int toY = Math.min(top + height, other.top + other.height);
        long shared = 0;
        for (int y = fromY; y < toY; y++) {
            int here = (y - top) * width - left;
            int there = (y - other.top) * other.width - other.left;
            for (int x = fromX; x < toX; x++) {
                shared += inside[here + x] & other.inside[there + x];
            }
        }
        return shared;
    }

    /// Intersection over union, 0..1; 0 where both are empty.
    public double overlapWith(BinaryMask other) {
        long shared = sharedPixels(other);
        return shared == 0 ? 0 : (double) shared / (areaPixels + other.areaPixels - shared);
    }

    /// The pixels that either has. Throws [IllegalArgumentException] unless both are of frames of the same size.
    public BinaryMask unionWith(BinaryMask other) {
        requireSameSize(other);
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        int fromX = Math.min(left, other.left);
        int fromY = Math.min(top, other.top);
        int columns = Math.max(left + width, other.left + other.width) - fromX;
        int rows = Math.max(top + height, other.top + other.height) - fromY;
        var united = new byte[columns * rows];
        for (BinaryMask mask : new BinaryMask[] {this, other}) {
            mask.forEachRun((y, first, end) -> Arrays.fill(
                    united, (y - fromY) * columns + first - fromX, (y - fromY) * columns + end - fromX, (byte) 1));
        }
        return new BinaryMask(size, fromX, fromY, columns, rows, united);
    }

    /// Fraction of the object's pixels that lie within `box`, 0..1; 0 where it has none.
    public double fractionWithin(Box box) {
        return isEmpty() ? 0 : (double) sharedPixels(of(size, box)) / areaPixels;
    }

    /// As a message carries it.
    public Mask toMessage() {
        return Mask.encode(size.heightPixels(), size.widthPixels(), this::contains);
    }

    /// The pixels of [#box], 8 bits each: 255 for the object, 0 for not; whoever asks closes it.
    @MustBeClosed
    public Mat regionMat() {
        var region = new Mat(height, width, opencv_core.CV_8UC1);
        ByteBuffer pixels = region.createBuffer();
        for (byte pixel : inside) {
            pixels.put((byte) -pixel);
        }
        return region;
    }

    /// A stretch of the object's pixels within one row: columns `fromX` to before `toX` of row `y`.
    @FunctionalInterface
    public interface RunVisitor {
        void run(int y, int fromX, int toX);
    }

    /// Visits the object's pixels row by row.
    public void forEachRun(RunVisitor visitor) {
        for (int row = 0; row < height; row++) {
            int column = 0;
            while (column < width) {
                int from = skip(row, column, 0);
                int to = skip(row, from, 1);
                if (to > from) {
                    visitor.run(top + row, left + from, left + to);
                }
                column = to;
            }
        }
    }

    /// The first column from `column` on that does not hold `value`.
    private int skip(int row, int column, int value) {
        int at = column;
        while (at < width && inside[row * width + at] == value) {
            at++;
        }
        return at;
    }

    private void requireSameSize(BinaryMask other) {
        if (!size.equals(other.size)) {
            throw new IllegalArgumentException("masks of " + size + " and " + other.size + " do not fit together");
        }
    }

    private static BinaryMask trimmed(BinaryMask mask) {
        if (mask.isEmpty()) {
            return empty(mask.size);
        }
        int[] edges = {mask.size.widthPixels(), mask.size.heightPixels(), 0, 0};
        mask.forEachRun((y, fromX, toX) -> {
            edges[0] = Math.min(edges[0], fromX);
            edges[1] = Math.min(edges[1], y);
            edges[2] = Math.max(edges[2], toX);
            edges[3] = Math.max(edges[3], y + 1);
        });
        return mask.cut(edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]);
    }

    private BinaryMask cut(int newLeft, int newTop, int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        var kept = new byte[newWidth * newHeight];
        for (int row = 0; row < newHeight; row++) {
            int from = (newTop - top + row) * width + newLeft - left;
            System.arraycopy(inside, from, kept, row * newWidth, newWidth);
        }
        return new BinaryMask(size, newLeft, newTop, newWidth, newHeight, kept);
    }

    private static long count(byte[] inside) {
        long pixels = 0;
        for (byte pixel : inside) {
            if (pixel != 0 && pixel != 1) {
                throw new IllegalArgumentException("a pixel of a mask is 0 or 1, was " + pixel);
            }
            pixels += pixel;
        }
        return pixels;
    }
}
