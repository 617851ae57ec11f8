package dev.aerie.slam.imu;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import java.util.Arrays;
import java.util.List;

/// How a body turned over some seconds by its gyroscope: integrated once, then asked for any two moments.
final class TurnsOverTime {

    private final double[] nanos;

    /// Between a reading and the next, rad/s.
    private final Vector3[] rates;

    /// Takes directions in the body's axes at a reading and gives them in those at the first one.
    private final Rotation[] turns;

    /// - `readings`: by time, at least two
    /// - `aheadNanos`: by how much their clock is ahead of the one that is asked by
    TurnsOverTime(List<ImuReading> readings, Vector3 gyroBias, long aheadNanos) {
        int count = readings.size();
        nanos = new double[count];
        rates = new Vector3[count - 1];
        turns = new Rotation[count];
        turns[0] = Rotation.IDENTITY;
        nanos[0] = readings.getFirst().timeNanos() - aheadNanos;
        for (int i = 1; i < count; i++) {
            nanos[i] = readings.get(i).timeNanos() - aheadNanos;
            rates[i - 1] = readings.get(i - 1)
                    .angularVelocity()
                    .plus(readings.get(i).angularVelocity())
                    .times(0.5)
                    .minus(gyroBias);
            turns[i] = turns[i - 1].times(Rotation.exp(rates[i - 1].times((nanos[i] - nanos[i - 1]) / 1e9)));
        }
    }

    /// Takes directions in the body's axes at the later moment and gives them in those at the earlier one; before the
    /// first and after the last reading it turns on.
    Rotation between(double fromNanos, double untilNanos) {
        return at(fromNanos).inverse().times(at(untilNanos));
    }

    private Rotation at(double moment) {
        int found = Arrays.binarySearch(nanos, moment);
        int before = Math.clamp(found >= 0 ? found : -found - 2, 0, rates.length - 1);
        return turns[before].times(Rotation.exp(rates[before].times((moment - nanos[before]) / 1e9)));
    }
}
