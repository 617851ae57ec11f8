package dev.aerie.vision.segment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What lay well outside an object in the last frames in which it was surely found: a camera that moves shows
/// surroundings that the frame of its first mask did not. Bounded; owns native memory.
///
/// Only surroundings are learnt on the way, never the object: cells so far from it are hardly ever its own, while a
/// mask that leaks would teach the leak.
final class RecentBackground implements AutoCloseable {

    private static final int EVERY_FRAMES = 5;
    private static final int MAX_SETS = 4;
    /// Along either side of the grid, one cell in so many is kept.
    private static final int STRIDE = 2;
    /// How far outside the object cells are kept: so far that their descriptors show nothing of it.
    private static final float MIN_DISTANCE_CELLS = 10;
    /// Distances of a cell that looks so much like the object that it is not kept.
    private static final float MAX_PREFERENCE = 0.2f;
    /// Added to each distance, for nobody said that these are surroundings.
    private static final float UNCERTAINTY_PENALTY = 0.1f;

    private final Deque<NearestNeighbours> sets = new ArrayDeque<>();
    private int framesSinceUpdate;

    /// Takes note of a frame in which the object was surely found, and learns from every fifth.
    ///
    /// - `descriptors`: placed, of every cell of the matched grid; `mask`: the object's on the same grid, 0..1
    /// - `preference`: how much nearer each cell is to the object than to its first surroundings
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

    /// Lowers each cell's distance to the surroundings to that of the nearest of these, where they are nearer.
    void lowerDistances(float[] distances, Descriptors descriptors) {
        for (var set : sets) {
            float[] recent = set.distances(descriptors, Float.POSITIVE_INFINITY);
            for (int i = 0; i < distances.length; i++) {
                distances[i] = Math.min(distances[i], recent[i] + UNCERTAINTY_PENALTY);
            }
        }
    }

    /// Begins anew: somebody said where the object is, which outweighs what was only supposed.
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

    /// Reads what [#save] wrote, of a grid of at most so many cells; nothing may be learnt yet.
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
