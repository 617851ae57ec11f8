package dev.aerie.ptz.device;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzRanges;

/// The pan of a device that may turn several times round, for protocols that know one turn.
///
/// - `device`: its motors
public record DevicePan(PtzDevice device) {

    private static final double TURN = 360;

    /// What a client is told: half a turn to either side for a device that turns all the way round.
    public PtzRange range() {
        var whole = device.capabilities().panDegrees();
        return whole.max() - whole.min() >= TURN ? PtzRanges.DEFAULT.panDegrees() : whole;
    }

    /// Where it points, within [#range].
    public double degrees() {
        double pan = device.position().panDegrees();
        return range().contains(pan) ? pan : pan - TURN * Math.rint(pan / TURN);
    }

    /// The pan of the device's own that points where a client asks for, by the shorter way.
    public double toDevice(double degrees) {
        var whole = device.capabilities().panDegrees();
        double now = device.position().panDegrees();
        double nearest = degrees + TURN * Math.rint((now - degrees) / TURN);
        while (nearest > whole.max() && nearest - TURN >= whole.min()) {
            nearest -= TURN;
        }
        while (nearest < whole.min() && nearest + TURN <= whole.max()) {
            nearest += TURN;
        }
        return whole.clamp(nearest);
    }

    /// What the device can do, as a client is told it.
    public PtzCapabilities capabilities() {
        var can = device.capabilities();
        return new PtzCapabilities(
                can.moves(),
                can.reportsPosition(),
                range(),
                can.tiltDegrees(),
                can.zoom(),
                can.maxSpeed(),
                can.maxPresets());
    }
}
