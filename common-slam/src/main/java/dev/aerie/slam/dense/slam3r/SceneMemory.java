package dev.aerie.slam.dense.slam3r;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Registered frames that later ones are registered by: at most so many, an even choice of all that there were.
///
/// Source: reservoir sampling, Vitter 1985. Lends frames, owns none; one thread.
final class SceneMemory {

    private final int capacity;
    private final Random random;
    private final List<SceneFrame> frames = new ArrayList<>();
    private int offered;

    SceneMemory(int capacity, Random random) {
        this.capacity = capacity;
        this.random = random;
    }

    int size() {
        return frames.size();
    }

    boolean contains(SceneFrame frame) {
        return frames.contains(frame);
    }

    /// Remembers a registered frame, once it is full perhaps, in the place of another.
    void offer(SceneFrame frame) {
        offered++;
        if (frames.size() < capacity) {
            frames.add(frame);
            return;
        }
        int place = random.nextInt(offered);
        if (place < capacity) {
            frames.set(place, frame);
        }
    }

    /// The `count` frames that have most in common with a frame; all, without asking, where there are no more.
    List<SceneFrame> best(int count, SceneFrame frame, PointNets nets) {
        if (frames.size() <= count) {
            return List.copyOf(frames);
        }
        double[] correlations = nets.correlations(frame, frames);
        return IntStream.range(0, frames.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -correlations[i]))
                .limit(count)
                .map(frames::get)
                .toList();
    }

    /// Begins anew.
    void clear() {
        frames.clear();
        offered = 0;
    }
}
