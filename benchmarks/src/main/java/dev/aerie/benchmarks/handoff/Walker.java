package dev.aerie.benchmarks.handoff;

import dev.aerie.ptz.site.EastNorthUp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Someone who walks along a street, swaying a little.
///
/// - `northMetres`: of the lane; `eastAtZeroMetres`: where at time 0
/// - `speedMetresPerSecond`: eastwards, negative for westwards
record Walker(
        int number,
        double northMetres,
        double eastAtZeroMetres,
        double speedMetresPerSecond,
        double swayMetres,
        double swayPhase) {

    static final double HEIGHT_METRES = 1.75;
    static final double WIDTH_METRES = 0.55;

    /// When the middles of all ways are walked, more or less.
    private static final double MEETING_SECONDS = 24;

    private static final double SWAYS_PER_SECOND = 0.15;

    EastNorthUp footAt(double seconds) {
        double sway = swayMetres * Math.sin(swayPhase + 2 * Math.PI * SWAYS_PER_SECOND * seconds);
        return new EastNorthUp(eastAtZeroMetres + speedMetresPerSecond * seconds, northMetres + sway, 0);
    }

    boolean walksEast() {
        return speedMetresPerSecond > 0;
    }

    /// Half of them walk east, half west, in lanes of about a metre; they meet between the cameras.
    static List<Walker> crowd(int count, SplittableRandom random) {
        var lanes = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            lanes.add(i);
        }
        shuffle(lanes, random);
        var walkers = new ArrayList<Walker>();
        for (int i = 0; i < count; i++) {
            double speed = random.nextDouble(1.0, 1.7) * (i % 2 == 0 ? 1 : -1);
            double meetsAt = random.nextDouble(-4, 4);
            walkers.add(new Walker(
                    i,
                    2 + lanes.get(i) + random.nextDouble(-0.4, 0.4),
                    meetsAt - speed * MEETING_SECONDS,
                    speed,
                    random.nextDouble(0, 0.35),
                    random.nextDouble(2 * Math.PI)));
        }
        return List.copyOf(walkers);
    }

    private static void shuffle(List<Integer> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = list.get(i);
            list.set(i, list.get(j));
            list.set(j, kept);
        }
    }
}
