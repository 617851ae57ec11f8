package dev.aerie.ptz.isapi;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.isapi.IsapiProbe.Absolute;
import dev.aerie.ptz.isapi.IsapiScale.Speeds;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// A Hikvision camera, driven over ISAPI.
///
/// A move at a speed is `momentary` where the camera has that, so that it stops by itself when this program ends;
/// elsewhere it is `continuous`, and **such a camera goes on moving until it is told to stop**.
///
/// Source: Hikvision, ISAPI 2.0 PTZ service.
public final class IsapiCamera implements PtzCamera {

    private final IsapiClient client;
    private final IsapiOptions options;
    private final IsapiScale scale;
    private final IsapiPresets presets;
    private Optional<IsapiProbe> probed = Optional.empty();

    public IsapiCamera(CameraEndpoint camera, IsapiOptions options) {
        this.client = new IsapiClient(camera, options.channel());
        this.options = options;
        this.scale = new IsapiScale(options.maxSpeed(), options.tiltSign());
        this.presets = new IsapiPresets(client);
    }

    @Override
    public PtzCapabilities capabilities() throws PtzException {
        var probe = probe();
        var moves = EnumSet.of(Move.CONTINUOUS);
        boolean absolute = probe.absolute() != Absolute.NONE;
        if (absolute) {
            moves.add(Move.ABSOLUTE);
        }
        if (isMomentary(probe) || (absolute && probe.reportsPosition())) {
            moves.add(Move.RELATIVE);
        }
        var ranges = options.ranges().orElse(probe.ranges());
        return new PtzCapabilities(
                moves,
                probe.reportsPosition(),
                ranges.panDegrees(),
                ranges.tiltDegrees(),
                ranges.zoom(),
                options.maxSpeed(),
                probe.maxPresets());
    }

    @Override
    public void moveAt(PtzVelocity velocity, Duration duration) throws PtzException {
        var speeds = scale.speeds(velocity);
        if (!speeds.areZero() && isMomentary(probe())) {
            client.put("/momentary", IsapiXml.momentary(speeds, duration));
        } else {
            client.put("/continuous", IsapiXml.continuous(speeds));
        }
    }

    /// By position where the camera says where it is, else for as long as the angles take at a known speed.
    @Override
    public void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) throws PtzException {
        var probe = probe();
        if (probe.absolute() != Absolute.NONE && probe.reportsPosition()) {
            var now = position();
            moveTo(new PtzPosition(
                    now.panDegrees() + panDegrees,
                    now.tiltDegrees() + tiltDegrees,
                    Math.max(1, now.zoom() * zoomFactor)));
        } else if (isMomentary(probe)) {
            moveForAWhile(panDegrees, tiltDegrees, zoomFactor);
        } else {
            throw client.failed(Reason.UNSUPPORTED, "it moves neither to a position nor for a given time");
        }
    }

    @Override
    public void moveTo(PtzPosition position) throws PtzException {
        var ranges = options.ranges().orElse(probe().ranges());
        double azimuth = scale.azimuth(ranges.reachablePan(position.panDegrees()));
        double elevation = scale.elevation(ranges.tiltDegrees().clamp(position.tiltDegrees()));
        double zoom = ranges.zoom().clamp(position.zoom());
        switch (probe().absolute()) {
            case EX -> client.put("/absoluteEx", IsapiXml.absoluteEx(azimuth, elevation, zoom));
            case TENTHS -> client.put("/absolute", IsapiXml.absolute(azimuth, elevation, zoom));
            case NONE -> throw client.failed(Reason.UNSUPPORTED, "it does not move to positions");
        }
    }

    @Override
    public void stop() throws PtzException {
        client.put("/continuous", IsapiXml.continuous(new Speeds(0, 0, 0)));
    }

    @Override
    public PtzPosition position() throws PtzException {
        var probe = probe();
        if (!probe.reportsPosition()) {
            throw client.failed(Reason.UNSUPPORTED, "it does not say where it points");
        }
        return probe.absolute() == Absolute.EX
                ? position(client.get("/absoluteEx"), 1)
                : position(client.get("/status").find("AbsoluteHigh").orElseGet(() -> IsapiXml.element("empty")), 10);
    }

    @Override
    public List<PtzPreset> presets() throws PtzException {
        return presets.list();
    }

    @Override
    public void goToPreset(String id) throws PtzException {
        presets.goTo(id);
    }

    @Override
    public PtzPreset savePreset(String name) throws PtzException {
        return presets.save(name, probe());
    }

    @Override
    public void removePreset(String id) throws PtzException {
        presets.remove(id);
    }

    @Override
    public void close() {
        client.close();
    }

    private IsapiProbe probe() throws PtzException {
        if (probed.isEmpty()) {
            probed = Optional.of(IsapiProbe.of(client, options.tiltSign()));
        }
        return probed.get();
    }

    private boolean isMomentary(IsapiProbe probe) {
        return options.momentary().orElse(probe.momentary());
    }

    /// All axes for the time that the slowest takes at full speed.
    private void moveForAWhile(double panDegrees, double tiltDegrees, double zoomFactor) throws PtzException {
        var full = options.maxSpeed();
        double zoomLog = Math.log(zoomFactor);
        double seconds = Math.max(
                Math.max(time(panDegrees, full.panDegreesPerSecond()), time(tiltDegrees, full.tiltDegreesPerSecond())),
                time(zoomLog, full.zoomRatePerSecond()));
        if (seconds > 0) {
            moveAt(
                    new PtzVelocity(panDegrees / seconds, tiltDegrees / seconds, zoomLog / seconds),
                    Duration.ofNanos(Math.round(seconds * 1e9)));
        }
    }

    private static double time(double way, double speed) {
        return speed > 0 ? Math.abs(way) / speed : 0;
    }

    private PtzPosition position(XmlElement document, double divisor) throws PtzException {
        try {
            return scale.position(
                    document.numberAt("azimuth") / divisor,
                    document.numberAt("elevation") / divisor,
                    document.numberAt("absoluteZoom") / divisor,
                    capabilities().panDegrees());
        } catch (MalformedXmlException e) {
            throw client.failed(Reason.MALFORMED_ANSWER, "its position: " + e.getMessage());
        }
    }
}
