package dev.aerie.ptz.simulated;

import dev.aerie.ptz.camera.Lens;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.simulated.Reporting.Availability;
import java.util.EnumSet;

/// How one kind of PTZ camera behaves: its motors, its delays, what it reports and what of that is wrong.
/// [Personalities] has those that the tests and `./aerie bench ptz` use.
///
/// - `name`: lower case with underscores
/// - `pan`, `tilt`: in degrees; `zoom`: in the natural logarithm of the magnification
/// - `speedScale`: real over commanded speed of pan and tilt
/// - `lens`: its real one
public record Personality(
        String name,
        AxisMechanics pan,
        AxisMechanics tilt,
        AxisMechanics zoom,
        double speedScale,
        CommandPath commands,
        Reporting reporting,
        Lens lens) {

    private static final int MAX_PRESETS = 255;

    public Personality {
        if (!name.matches("[a-z0-9_]+")) {
            throw new IllegalArgumentException("a name has lower case, digits and underscores, was " + name);
        }
        if (!(speedScale > 0) || !(zoom.range().min() >= 0)) {
            throw new IllegalArgumentException("expected a speed scale > 0 and a zoom from 1 on, was " + speedScale
                    + ", exp(" + zoom.range().min() + ")");
        }
    }

    public boolean reportsPosition() {
        return reporting.position() != Availability.NEVER;
    }

    /// What such a camera says that it can do. The ranges are right; the speeds are those on paper.
    public PtzCapabilities capabilities() {
        var moves = EnumSet.of(Move.CONTINUOUS);
        if (reportsPosition()) {
            moves.add(Move.ABSOLUTE);
            moves.add(Move.RELATIVE);
        }
        return new PtzCapabilities(
                moves,
                reportsPosition(),
                pan.range(),
                tilt.range(),
                new PtzRange(Math.exp(zoom.range().min()), Math.exp(zoom.range().max())),
                new PtzVelocity(pan.maxSpeed(), tilt.maxSpeed(), zoom.maxSpeed()),
                MAX_PRESETS);
    }

    Personality named(String other) {
        return new Personality(other, pan, tilt, zoom, speedScale, commands, reporting, lens);
    }

    Personality withAxes(AxisMechanics panned, AxisMechanics tilted) {
        return new Personality(name, panned, tilted, zoom, speedScale, commands, reporting, lens);
    }

    Personality withCommands(CommandPath path) {
        return new Personality(name, pan, tilt, zoom, speedScale, path, reporting, lens);
    }

    Personality withReporting(Reporting other) {
        return new Personality(name, pan, tilt, zoom, speedScale, commands, other, lens);
    }

    Personality withScale(double scale, Lens real) {
        return new Personality(name, pan, tilt, zoom, scale, commands, reporting, real);
    }
}
