package dev.aerie.ptz.onvif;

import static dev.aerie.ptz.onvif.OnvifSession.ptz;

import dev.aerie.ptz.camera.PtzCamera;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.ptz.soap.XmlDuration;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// A camera that speaks ONVIF, Profile S or T.
///
/// A move at a speed carries a time-out, after which the camera stops by itself. Whether the camera says that it moves
/// (`MoveStatus`) is never asked: on many cameras it is stuck.
///
/// Source: ONVIF PTZ Service Specification, WSDL version 26.06.
public final class OnvifCamera implements PtzCamera {

    private final OnvifTransport transport;
    private final OnvifOptions options;
    private Optional<OnvifSession> session = Optional.empty();

    /// - `clock`: ours, from which the camera's may differ
    public OnvifCamera(CameraEndpoint camera, OnvifOptions options, InstantSource clock) {
        this.transport = new OnvifTransport(camera, clock);
        this.options = options;
    }

    @Override
    public PtzCapabilities capabilities() throws PtzException {
        var open = session();
        var moves = EnumSet.of(Move.CONTINUOUS);
        if (open.scale().isAbsolute()) {
            moves.add(Move.ABSOLUTE);
        }
        if (open.translation().isPossible() || (open.scale().isAbsolute() && open.reportsPosition())) {
            moves.add(Move.RELATIVE);
        }
        var ranges = open.scale().ranges();
        return new PtzCapabilities(
                moves,
                open.reportsPosition(),
                ranges.panDegrees(),
                ranges.tiltDegrees(),
                ranges.zoom(),
                options.maxSpeed(),
                open.maxPresets());
    }

    @Override
    public void moveAt(PtzVelocity velocity, Duration duration) throws PtzException {
        if (velocity.isZero()) {
            stop();
            return;
        }
        var open = session();
        var limit = duration.compareTo(open.longestMove()) > 0 ? open.longestMove() : duration;
        var timeout = limit.compareTo(open.shortestMove()) < 0 ? open.shortestMove() : limit;
        command(open.request(
                "ContinuousMove",
                ptz("Velocity").with(open.scale().velocity(velocity)),
                ptz("Timeout", XmlDuration.write(timeout))));
    }

    /// In degrees or in shares of the frame where the camera offers a space for that, else by its position, else in
    /// the generic space.
    @Override
    public void moveBy(double panDegrees, double tiltDegrees, double zoomFactor) throws PtzException {
        var open = session();
        var now = open.reportsPosition() ? position() : PtzPosition.HOME;
        boolean reaches = open.translation().reaches(panDegrees, tiltDegrees, now.zoom());
        if (!reaches && open.scale().isAbsolute() && open.reportsPosition()) {
            moveTo(new PtzPosition(
                    now.panDegrees() + panDegrees,
                    now.tiltDegrees() + tiltDegrees,
                    Math.max(1, now.zoom() * zoomFactor)));
            return;
        }
        var parts = open.translation().parts(panDegrees, tiltDegrees, zoomFactor, now.zoom());
        if (parts.isEmpty()) {
            throw transport.failed(Reason.UNSUPPORTED, "it does not move by angles");
        }
        command(open.request("RelativeMove", ptz("Translation").with(parts)));
    }

    @Override
    public void moveTo(PtzPosition position) throws PtzException {
        var open = session();
        if (!open.scale().isAbsolute()) {
            throw transport.failed(Reason.UNSUPPORTED, "it does not move to positions");
        }
        command(open.request("AbsoluteMove", ptz("Position").with(open.scale().position(position))));
    }

    @Override
    public void stop() throws PtzException {
        command(session().request("Stop", ptz("PanTilt", "true"), ptz("Zoom", "true")));
    }

    @Override
    public PtzPosition position() throws PtzException {
        var open = session();
        var status = command(open.request("GetStatus"));
        var position = status.find("PTZStatus", "Position");
        if (position.isEmpty()) {
            throw transport.failed(Reason.UNSUPPORTED, "it does not say where it points");
        }
        try {
            return open.scale().position(position.get());
        } catch (MalformedXmlException e) {
            throw transport.failed(Reason.MALFORMED_ANSWER, "its position: " + e.getMessage());
        }
    }

    @Override
    public List<PtzPreset> presets() throws PtzException {
        return command(session().request("GetPresets")).all("Preset").stream()
                .filter(preset -> preset.attribute("token").isPresent())
                .map(preset -> new PtzPreset(
                        preset.attribute("token").orElse(""),
                        preset.textAt("Name")
                                .or(() -> preset.attribute("token"))
                                .orElse("")))
                .toList();
    }

    @Override
    public void goToPreset(String id) throws PtzException {
        command(session().request("GotoPreset", ptz("PresetToken", id)));
    }

    /// Over the preset of this name where there is one.
    @Override
    public PtzPreset savePreset(String name) throws PtzException {
        var request = session().request("SetPreset", ptz("PresetName", name));
        var older =
                presets().stream().filter(preset -> preset.name().equals(name)).findFirst();
        if (older.isPresent()) {
            request = request.with(ptz("PresetToken", older.get().id()));
        }
        String token = command(request).textAt("PresetToken").orElse("");
        if (token.isEmpty()) {
            throw transport.failed(Reason.MALFORMED_ANSWER, "SetPreset: no token in its answer");
        }
        return new PtzPreset(token, name);
    }

    @Override
    public void removePreset(String id) throws PtzException {
        command(session().request("RemovePreset", ptz("PresetToken", id)));
    }

    @Override
    public void close() {
        transport.close();
    }

    private OnvifSession session() throws PtzException {
        if (session.isEmpty()) {
            session = Optional.of(OnvifSession.open(transport, options));
        }
        return session.get();
    }

    /// A camera that refuses may have been restarted with other tokens: what is known of it is asked anew next time.
    private XmlElement command(XmlElement request) throws PtzException {
        try {
            return transport.call(session().service(), request);
        } catch (PtzException e) {
            if (e.reason() == Reason.REFUSED) {
                session = Optional.empty();
            }
            throw e;
        }
    }
}
