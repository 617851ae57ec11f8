package dev.aerie.frames.crop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The best crops of one object so far, some frames apart, because neighbours show the same. Used under its owner's
/// lock.
final class BestCrops {

    static final int MAX = 5;
    private static final long FRAMES_APART = 5;

    private final List<Crop> best = new ArrayList<>(MAX + 1);

    /// Adds `crop` if it is better than the one that it replaces.
    void offer(Crop crop) {
        for (Crop kept : best) {
            if (Math.abs(frameNumber(kept) - frameNumber(crop)) < FRAMES_APART) {
                if (kept.quality() >= crop.quality()) {
                    return;
                }
                best.remove(kept);
                break;
            }
        }
        best.add(crop);
        best.sort(Comparator.comparingDouble(Crop::quality).reversed());
        if (best.size() > MAX) {
            best.removeLast();
        }
    }

    /// Best first.
    List<Crop> all() {
        return List.copyOf(best);
    }

    private static long frameNumber(Crop crop) {
        return crop.stamp().id().frameNumber();
    }
}
