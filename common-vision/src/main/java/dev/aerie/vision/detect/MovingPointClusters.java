package dev.aerie.vision.detect;

import dev.aerie.messages.Box;
import dev.aerie.vision.motion.EpipolarMotionModel;
import dev.aerie.vision.motion.KltTracks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Clusters points that have violated the static scene for some time to boxes.
///
/// Neighbours with similar motion form a cluster. It needs several points, not all on one line (where edges at
/// different depths cross, corners slide along), and most of the points in and round its box.
final class MovingPointClusters {

    private static final double MIN_RESIDUAL_PIXELS = 2;
    private static final double VOTE_TIME_CONSTANT_SECONDS = 0.12;
    private static final double MIN_MOVING_VOTE = 0.6;
    private static final int MIN_POINTS = 4;
    private static final double MIN_MOVING_FRACTION = 0.7;
    private static final double MAX_LINK_PIXELS = 18;
    private static final double MAX_MOTION_DIFFERENCE_PIXELS = 0.7;
    private static final double MAX_MOTION_DIFFERENCE_FRACTION = 0.12;
    private static final double MIN_SPREAD_PIXELS = 1.6;
    private static final double MARGIN_PIXELS = 4;
    /// Number of points at which the score is `1 - 1 / e`.
    private static final double SCORE_POINTS = 3;

    private final int maxDetections;
    private final double[] votes = new double[KltTracks.SLOTS];
    /// The slot that represents a moving point's cluster; -1 for points that do not move.
    private final int[] group = new int[KltTracks.SLOTS];

    MovingPointClusters(int maxDetections) {
        this.maxDetections = maxDetections;
    }

    /// The moving objects, best first, in pixels of the frame.
    ///
    /// - `model`: fitted to the points of the last `back` frames, with parallax
    /// - `elapsedSeconds`: since the frame before
    /// - `shrink`: pixels of the frame for one of the points'
    List<Detection> find(KltTracks tracks, EpipolarMotionModel model, int back, double elapsedSeconds, double shrink) {
        vote(tracks, model, back, elapsedSeconds);
        link(tracks, back);
        var found = new ArrayList<Detection>();
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            if (group[slot] == slot) {
                detection(tracks, slot, back, shrink).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingDouble(Detection::score).reversed());
        return found.stream().limit(maxDetections).toList();
    }

    private void vote(KltTracks tracks, EpipolarMotionModel model, int back, double elapsedSeconds) {
        double rate = 1 - Math.exp(-elapsedSeconds / VOTE_TIME_CONSTANT_SECONDS);
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            if (tracks.age(slot) <= back) {
                votes[slot] = 0;
            }
            if (tracks.age(slot) >= back) {
                votes[slot] += rate * ((model.residualPixels(slot) > MIN_RESIDUAL_PIXELS ? 1 : 0) - votes[slot]);
            }
            group[slot] = votes[slot] >= MIN_MOVING_VOTE ? slot : -1;
        }
    }

    private void link(KltTracks tracks, int back) {
        for (int a = 0; a < KltTracks.SLOTS; a++) {
            for (int b = a + 1; b < KltTracks.SLOTS && group[a] >= 0; b++) {
                if (group[b] >= 0 && isLinked(tracks, a, b, back)) {
                    group[root(a)] = root(b);
                }
            }
        }
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            group[slot] = group[slot] < 0 ? -1 : root(slot);
        }
    }

    private int root(int slot) {
        int at = slot;
        while (group[at] != at) {
            at = group[at];
        }
        return at;
    }

    private static boolean isLinked(KltTracks tracks, int a, int b, int back) {
        double dx = tracks.x(a, 0) - tracks.x(b, 0);
        double dy = tracks.y(a, 0) - tracks.y(b, 0);
        if (dx * dx + dy * dy > MAX_LINK_PIXELS * MAX_LINK_PIXELS) {
            return false;
        }
        double ax = tracks.x(a, 0) - tracks.x(a, back);
        double ay = tracks.y(a, 0) - tracks.y(a, back);
        double bx = tracks.x(b, 0) - tracks.x(b, back);
        double by = tracks.y(b, 0) - tracks.y(b, back);
        return Math.hypot(ax - bx, ay - by)
                < MAX_MOTION_DIFFERENCE_PIXELS + MAX_MOTION_DIFFERENCE_FRACTION * Math.hypot(ax, ay);
    }

    private Optional<Detection> detection(KltTracks tracks, int root, int back, double shrink) {
        var extent = new PointExtent();
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            if (group[slot] == root) {
                extent.add(tracks.x(slot, 0), tracks.y(slot, 0));
            }
        }
        if (extent.count() < MIN_POINTS || extent.spread() < MIN_SPREAD_PIXELS) {
            return Optional.empty();
        }
        Box box = extent.boxWith(MARGIN_PIXELS);
        if (extent.count() < MIN_MOVING_FRACTION * trackedIn(box, tracks, back)) {
            return Optional.empty();
        }
        double score = 1 - Math.exp(-extent.count() / SCORE_POINTS);
        return Optional.of(new Detection(
                new Box(
                        box.leftPixels() * shrink,
                        box.topPixels() * shrink,
                        box.widthPixels() * shrink,
                        box.heightPixels() * shrink),
                MotionDetector.LABEL,
                score));
    }

    private static int trackedIn(Box box, KltTracks tracks, int back) {
        int inside = 0;
        for (int slot = 0; slot < KltTracks.SLOTS; slot++) {
            double right = tracks.x(slot, 0) - box.leftPixels();
            double down = tracks.y(slot, 0) - box.topPixels();
            boolean isIn = right >= 0 && down >= 0 && right <= box.widthPixels() && down <= box.heightPixels();
            inside += tracks.age(slot) >= back && isIn ? 1 : 0;
        }
        return inside;
    }
}
