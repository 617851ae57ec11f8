package dev.aerie.vision.segment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Descriptors of an object's background in recent frames with a reliable mask: a moving camera shows background that
/// the first frame did not. Bounded; owns native memory.
///
/// Only background is learnt while tracking, never the object: cells that far from it are hardly ever its own, while a
/// leaking mask would teach the leak.
final class RecentBackground implements AutoCloseable {

    private static final int EVERY_FRAMES = 5;
    private static final int MAX_SETS = 4;
    /// One cell in so many is kept along either side of the grid.
    private static final int STRIDE = 2;
    /// Minimum distance of kept cells from the object: their descriptors do not overlap it.
    private static final float MIN_DISTANCE_CELLS = 10;
    /// Preference for the object from which on a cell is not kept.
    private static final float MAX_PREFERENCE = 0.2f;
    /// Added to each distance, because these cells were not prompted.
    private static final float UNCERTAINTY_PENALTY = 0.1f;

    private final Deque<NearestNeighbours> sets = new ArrayDeque<>();
    private int framesSinceUpdate;

    /// Takes a frame with a reliable mask, and learns from every fifth.
    ///
    /// - `descriptors`: placed, of every cell of the matched grid; `mask`: the object's on the same grid, 0..1
    /// - `preference`: how much nearer each cell is to the object than to the prompted frames' background
    void learn(Descriptors descriptors, Plane mask, Plane preference) {
        framesSinceUpdate++;
        if (framesSinceUpdate < EVERY_FRAMES) {
            return;
        }
        framesSinceUpdate = 0;
        if (sets.size() == MAX_SETS) {
            sets.removeFirst().close();
        }
        sets.addLast(new NearestNeighbours(descriptors.select(certainBackground(mask, preference))));
    }

    private static List<Integer> certainBackground(Plane mask, Plane preference) {
        float[] depth = SignedDistance.of(mask).values();
        var outside = new ArrayList<Integer>();
        for (int y = 0; y < mask.rows(); y += STRIDE) {
            for (int x = 0; x < mask.columns(); x += STRIDE) {
                int cell = y * mask.columns() + x;
                if (depth[cell] < -MIN_DISTANCE_CELLS && preference.values()[cell] < MAX_PREFERENCE) {
                    outside.add(cell);
                }
            }
        }
        return outside;
    }

    /// Lowers each cell's distance to the background to its distance to these cells, where that is smaller.
    void lowerDistances(float[] distances, Descriptors descriptors) {
        for (var set : sets) {
            float[] recent = set.distances(descriptors, Float.POSITIVE_INFINITY);
            for (int i = 0; i < distances.length; i++) {
                distances[i] = Math.min(distances[i], recent[i] + UNCERTAINTY_PENALTY);
            }
        }
    }

    /// Drops everything: a prompt outweighs what was learnt without one.
    void forget() {
        sets.forEach(NearestNeighbours::close);
        sets.clear();
        framesSinceUpdate = 0;
    }

    long nativeBytes() {
        return sets.stream().mapToLong(NearestNeighbours::nativeBytes).sum();
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(framesSinceUpdate);
        out.writeInt(sets.size());
        for (var set : sets) {
            set.save(out);
        }
    }

    /// Reads what [#save] wrote, of a grid of at most so many cells, into a new instance.
    void restore(int maxCells, DataInput in) throws IOException {
        framesSinceUpdate = in.readInt();
        int count = in.readInt();
        if (count < 0 || count > MAX_SETS) {
            throw new IOException("the state is damaged: " + count + " sets of surroundings");
        }
        for (int i = 0; i < count; i++) {
            sets.addLast(NearestNeighbours.restore(maxCells, in));
        }
    }

    @Override
    public void close() {
        forget();
    }
}
