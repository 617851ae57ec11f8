package dev.aerie.ptz.isapi;

import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.camera.PtzVelocity;
import java.util.Optional;

/// What an ISAPI camera does not say of itself.
///
/// - `channel`: from 1
/// - `ranges`: what it reaches; empty for what it says
/// - `maxSpeed`: of each axis at speed 100; 1..99 are taken to be proportional. Zero for an axis that does not move
/// - `tiltSign`: -1 where its elevation grows downwards, as data sheets of domes count it, 1 where it grows upwards
/// - `momentary`: whether it takes moves that end by themselves; empty for what it says
public record IsapiOptions(
        int channel, Optional<PtzRanges> ranges, PtzVelocity maxSpeed, int tiltSign, Optional<Boolean> momentary) {

    public IsapiOptions {
        if (channel < 1) {
            throw new IllegalArgumentException("channel must be >= 1, was " + channel);
        }
        if (tiltSign != 1 && tiltSign != -1) {
            throw new IllegalArgumentException("tiltSign must be -1 or 1, was " + tiltSign);
        }
    }

    /// Of a camera with these speeds of which nothing else is known.
    public static IsapiOptions of(PtzVelocity maxSpeed) {
        return new IsapiOptions(1, Optional.empty(), maxSpeed, -1, Optional.empty());
    }
}
