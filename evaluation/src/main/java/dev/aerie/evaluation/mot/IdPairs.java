package dev.aerie.evaluation.mot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The identities of a sequence, numbered from 0, with the number of frames of each.
final class IdPairs {

    private final Map<Long, Integer> truthIndex = new HashMap<>();
    private final Map<Long, Integer> foundIndex = new HashMap<>();
    private final double[] truthCount;
    private final double[] foundCount;

    IdPairs(List<MotFrame> frames) {
        for (MotFrame frame : frames) {
            frame.truthIds().forEach(id -> truthIndex.putIfAbsent(id, truthIndex.size()));
            frame.foundIds().forEach(id -> foundIndex.putIfAbsent(id, foundIndex.size()));
        }
        truthCount = new double[truthIndex.size()];
        foundCount = new double[foundIndex.size()];
        for (MotFrame frame : frames) {
            frame.truthIds().forEach(id -> truthCount[truth(id)]++);
            frame.foundIds().forEach(id -> foundCount[found(id)]++);
        }
    }

    int truth(long id) {
        return truthIndex.getOrDefault(id, -1);
    }

    int found(long id) {
        return foundIndex.getOrDefault(id, -1);
    }

    /// A new matrix of zeros: true identities × found identities.
    double[][] matrix() {
        return new double[truthCount.length][foundCount.length];
    }

    /// Number of frames with at least one of the two, given the number `together` with both.
    double either(int truth, int found, double together) {
        return truthCount[truth] + foundCount[found] - together;
    }
}
