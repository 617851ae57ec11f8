package dev.aerie.ptz.simulated;

/// The way of a command from the caller to the motors.
///
/// - `latencySeconds`: from a command to the first turn of the motor
/// - `jitterSeconds`: the latency of each command differs by up to this, either way; none overtakes another
/// - `maxPerSecond`: the camera begins no more commands than this, the others wait in its queue; 0 for no limit
public record CommandPath(double latencySeconds, double jitterSeconds, double maxPerSecond) {

    public CommandPath {
        if (!(latencySeconds >= jitterSeconds) || !(jitterSeconds >= 0) || !(maxPerSecond >= 0)) {
            throw new IllegalArgumentException("expected latency >= jitter >= 0 and a rate >= 0, was " + latencySeconds
                    + " s, " + jitterSeconds + " s, " + maxPerSecond + "/s");
        }
    }
}
