package dev.aerie.slam.match;

import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Keeps those matches whose features turned alike: a camera's roll turns all of them by one angle.
///
/// Source: ORB-SLAM's rotation histogram.
final class RotationHistogram {

    private final MatchingConfig config;
    private final List<Integer> bins = new ArrayList<>();
    private final int[] votes;

    RotationHistogram(MatchingConfig config) {
        this.config = config;
        votes = new int[config.rotationBins()];
    }

    /// Adds a match; they are counted from 0.
    void add(double firstAngleRadians, double secondAngleRadians) {
        double rotations = (firstAngleRadians - secondAngleRadians) / (2 * Math.PI);
        int bin = (int) Math.floor((rotations - Math.floor(rotations)) * votes.length) % votes.length;
        bins.add(bin);
        votes[bin]++;
    }

    /// Those of some matches, in the order added, that turned as most do.
    <T> List<T> consistent(List<T> matches) {
        boolean[] isConsistent = areConsistent();
        return IntStream.range(0, isConsistent.length)
                .filter(i -> isConsistent[i])
                .mapToObj(matches::get)
                .toList();
    }

    /// Whether each match, in the order added, turned as most do.
    boolean[] areConsistent() {
        int[] order = IntStream.range(0, votes.length)
                .boxed()
                .sorted((a, b) -> votes[a] != votes[b] ? votes[b] - votes[a] : a - b)
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] isKeptBin = new boolean[votes.length];
        for (int i = 0; i < config.keptRotationBins(); i++) {
            isKeptBin[order[i]] = votes[order[i]] >= config.minRotationBinFraction() * votes[order[0]];
        }
        boolean[] isConsistent = new boolean[bins.size()];
        for (int i = 0; i < isConsistent.length; i++) {
            isConsistent[i] = isKeptBin[bins.get(i)];
        }
        return isConsistent;
    }
}
