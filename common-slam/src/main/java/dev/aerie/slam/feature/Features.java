package dev.aerie.slam.feature;

import java.util.List;

/// What was found in one frame; immutable, and quick to ask what lies around a place.
public final class Features {

    /// Of a frame that shows nothing.
    public static final Features NONE = new Features(List.of(), List.of());

    private static final double CELL_PIXELS = 24;

    private final Keypoint[] keypoints;
    private final Descriptor[] descriptors;
    private final double left;
    private final double top;
    private final int columns;
    private final int rows;

    /// Items of cell c are `cellItems[cellStarts[c] .. cellStarts[c + 1])`.
    private final int[] cellStarts;

    private final int[] cellItems;

    /// - `descriptors`: one for each keypoint
    public Features(List<Keypoint> keypoints, List<Descriptor> descriptors) {
        if (keypoints.size() != descriptors.size()) {
            throw new IllegalArgumentException(keypoints.size() + " keypoints, " + descriptors.size() + " descriptors");
        }
        this.keypoints = keypoints.toArray(Keypoint[]::new);
        this.descriptors = descriptors.toArray(Descriptor[]::new);
        double right = 0;
        double bottom = 0;
        double leftmost = 0;
        double topmost = 0;
        for (var keypoint : this.keypoints) {
            leftmost = Math.min(leftmost, keypoint.xPixels());
            topmost = Math.min(topmost, keypoint.yPixels());
            right = Math.max(right, keypoint.xPixels());
            bottom = Math.max(bottom, keypoint.yPixels());
        }
        left = leftmost;
        top = topmost;
        columns = 1 + (int) ((right - left) / CELL_PIXELS);
        rows = 1 + (int) ((bottom - top) / CELL_PIXELS);
        cellStarts = new int[columns * rows + 1];
        cellItems = new int[this.keypoints.length];
        sortIntoCells();
    }

    private void sortIntoCells() {
        for (var keypoint : keypoints) {
            cellStarts[cellOf(keypoint) + 1]++;
        }
        for (int cell = 0; cell < columns * rows; cell++) {
            cellStarts[cell + 1] += cellStarts[cell];
        }
        int[] filled = new int[columns * rows];
        for (int i = 0; i < keypoints.length; i++) {
            int cell = cellOf(keypoints[i]);
            cellItems[cellStarts[cell] + filled[cell]++] = i;
        }
    }

    private int cellOf(Keypoint keypoint) {
        int column = (int) ((keypoint.xPixels() - left) / CELL_PIXELS);
        int row = (int) ((keypoint.yPixels() - top) / CELL_PIXELS);
        return row * columns + column;
    }

    public int count() {
        return keypoints.length;
    }

    public Keypoint keypoint(int index) {
        return keypoints[index];
    }

    public Descriptor descriptor(int index) {
        return descriptors[index];
    }

    /// Finds the keypoints within a square around a place and within a range of levels.
    ///
    /// - `halfSidePixels`: of the square
    /// - `found`: filled with their indices; at least [#count] long
    /// - returns how many there are
    public int around(double x, double y, double halfSidePixels, int minOctave, int maxOctave, int[] found) {
        int firstColumn = Math.max(0, (int) Math.floor((x - halfSidePixels - left) / CELL_PIXELS));
        int lastColumn = Math.min(columns - 1, (int) Math.floor((x + halfSidePixels - left) / CELL_PIXELS));
        int firstRow = Math.max(0, (int) Math.floor((y - halfSidePixels - top) / CELL_PIXELS));
        int lastRow = Math.min(rows - 1, (int) Math.floor((y + halfSidePixels - top) / CELL_PIXELS));
        int count = 0;
        for (int row = firstRow; row <= lastRow; row++) {
            for (int column = firstColumn; column <= lastColumn; column++) {
                int cell = row * columns + column;
                for (int item = cellStarts[cell]; item < cellStarts[cell + 1]; item++) {
                    var keypoint = keypoints[cellItems[item]];
                    if (keypoint.octave() >= minOctave
                            && keypoint.octave() <= maxOctave
                            && Math.abs(keypoint.xPixels() - x) < halfSidePixels
                            && Math.abs(keypoint.yPixels() - y) < halfSidePixels) {
                        found[count++] = cellItems[item];
                    }
                }
            }
        }
        return count;
    }
}
