package dev.aerie.ptz.device.onvif;

import static dev.aerie.ptz.soap.OnvifNames.tt;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.DevicePan;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.SoapFault;
import dev.aerie.ptz.soap.SpaceUri;
import dev.aerie.ptz.soap.XmlDuration;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.time.Duration;
import java.util.Optional;

/// Turns moves in the device's spaces into degrees, and its position into a space. An axis that a request does not
/// name stays as it is.
record PtzMoves(PtzDevice device, OnvifFeatures features, ConfigurationElements elements) {

    private static final Duration DEFAULT_MOVE = Duration.ofSeconds(5);
    private static final Duration LONGEST_MOVE = Duration.ofSeconds(60);

    /// Height over width of the frames.
    private static final double FRAME_SHAPE = 9.0 / 16;

    void continuous(XmlElement request) throws SoapFault, MalformedXmlException {
        var velocity = request.find("Velocity").orElseThrow(() -> new MalformedXmlException("no Velocity"));
        var full = device.capabilities().maxSpeed();
        var panTilt = vector(velocity, "PanTilt", SpaceUri.VELOCITY);
        boolean degrees = panTilt.space().equals(SpaceUri.VELOCITY_DEGREES) && features.degrees();
        if (!degrees) {
            requireSpace(panTilt, SpaceUri.VELOCITY, 1);
        }
        var zoom = vector(velocity, "Zoom", SpaceUri.ZOOM_VELOCITY);
        requireSpace(zoom, SpaceUri.ZOOM_VELOCITY, 1);
        device.moveAt(
                new PtzVelocity(
                        panTilt.x() * (degrees ? 1 : full.panDegreesPerSecond()),
                        panTilt.y() * (degrees ? 1 : full.tiltDegreesPerSecond()),
                        zoom.x() * full.zoomRatePerSecond()),
                timeout(request));
    }

    void relative(XmlElement request) throws SoapFault, MalformedXmlException {
        var translation = request.find("Translation").orElseThrow(() -> new MalformedXmlException("no Translation"));
        var can = device.capabilities();
        var way = vector(translation, "PanTilt", SpaceUri.TRANSLATION);
        double pan = way.x() * width(new DevicePan(device).range());
        double tilt = way.y() * width(can.tiltDegrees());
        if (way.space().equals(SpaceUri.TRANSLATION_DEGREES) && features.degrees()) {
            pan = way.x();
            tilt = way.y();
        } else if (way.space().equals(SpaceUri.TRANSLATION_FIELD_OF_VIEW)
                && features.fieldOfView().isPresent()) {
            double half = Math.tan(Math.toRadians(features.fieldOfView()
                            .get()
                            .horizontalDegrees(device.position().zoom())
                    / 2));
            pan = Math.toDegrees(Math.atan(way.x() * half));
            tilt = Math.toDegrees(Math.atan(way.y() * half * FRAME_SHAPE));
        } else {
            requireSpace(way, SpaceUri.TRANSLATION, 1);
        }
        var zoomed = vector(translation, "Zoom", SpaceUri.ZOOM_TRANSLATION);
        requireSpace(zoomed, SpaceUri.ZOOM_TRANSLATION, 1);
        double zoom = device.position().zoom();
        device.moveBy(pan, tilt, can.zoom().clamp(zoom + zoomed.x() * width(can.zoom())) / zoom);
    }

    void absolute(XmlElement request) throws SoapFault, MalformedXmlException {
        if (!device.capabilities().can(PtzCapabilities.Move.ABSOLUTE)) {
            throw SoapFault.receiver("ActionNotSupported", "", "the device does not move to positions");
        }
        var position = request.find("Position").orElseThrow(() -> new MalformedXmlException("no Position"));
        var now = device.position();
        var pointed = position.find("PanTilt").isPresent() ? pointed(position) : now;
        double zoom = now.zoom();
        if (position.find("Zoom").isPresent()) {
            var at = vector(position, "Zoom", SpaceUri.ZOOM_POSITION);
            requireSpace(at, SpaceUri.ZOOM_POSITION, 1);
            zoom = fromShare(Math.max(0, at.x()), device.capabilities().zoom());
        }
        device.moveTo(new PtzPosition(pointed.panDegrees(), pointed.tiltDegrees(), Math.max(1, zoom)));
    }

    /// Where the pan and tilt of a request point; its zoom is 1.
    private PtzPosition pointed(XmlElement position) throws SoapFault, MalformedXmlException {
        var at = vector(position, "PanTilt", elements.positionSpace());
        var turn = new DevicePan(device);
        if (at.space().equals(SpaceUri.POSITION_DEGREES) && features.degrees()) {
            return new PtzPosition(turn.toDevice(at.x()), at.y(), 1);
        }
        requireSpace(at, SpaceUri.POSITION, 1);
        double pan = fromShare((at.x() + 1) / 2, turn.range());
        double tilt = fromShare((at.y() + 1) / 2, device.capabilities().tiltDegrees());
        return new PtzPosition(turn.toDevice(pan), tilt, 1);
    }

    /// In the device's default spaces.
    XmlElement position() {
        var at = device.position();
        var can = device.capabilities();
        boolean degrees = features.degrees();
        var turn = new DevicePan(device);
        double x = degrees ? turn.degrees() : 2 * share(turn.degrees(), turn.range()) - 1;
        double y = degrees ? at.tiltDegrees() : 2 * share(at.tiltDegrees(), can.tiltDegrees()) - 1;
        var position = tt("Position", OnvifNames.panTilt(x, y, elements.positionSpace()));
        return can.zoom().max() > can.zoom().min()
                ? position.with(OnvifNames.zoom(share(at.zoom(), can.zoom()), SpaceUri.ZOOM_POSITION))
                : position;
    }

    private record Vector(double x, double y, String space) {}

    private static Vector vector(XmlElement parent, String name, String usual) throws MalformedXmlException {
        Optional<XmlElement> found = parent.find(name);
        if (found.isEmpty()) {
            return new Vector(0, 0, usual);
        }
        double y = name.equals("PanTilt") ? found.get().numberOf("y") : 0;
        return new Vector(
                found.get().numberOf("x"), y, found.get().attribute("space").orElse(usual));
    }

    private static void requireSpace(Vector vector, String space, double limit) throws SoapFault {
        if (!vector.space().equals(space)) {
            throw SoapFault.sender("InvalidArgVal", "SpaceNotSupported", "the device has no such space");
        }
        if (Math.abs(vector.x()) > limit || Math.abs(vector.y()) > limit) {
            throw SoapFault.sender("InvalidArgVal", "InvalidPosition", "a value is outside of its space");
        }
    }

    private static Duration timeout(XmlElement request) throws SoapFault {
        var given = request.textAt("Timeout");
        if (given.isEmpty()) {
            return DEFAULT_MOVE;
        }
        return XmlDuration.parse(given.get())
                .filter(time -> time.compareTo(LONGEST_MOVE) <= 0)
                .orElseThrow(
                        () -> SoapFault.sender("InvalidArgVal", "TimeoutNotSupported", "a move lasts 60 s at most"));
    }

    private static double width(PtzRange range) {
        return range.max() - range.min();
    }

    private static double share(double value, PtzRange range) {
        return width(range) > 0 ? (value - range.min()) / width(range) : 0;
    }

    private static double fromShare(double share, PtzRange range) {
        return range.min() + share * width(range);
    }
}
