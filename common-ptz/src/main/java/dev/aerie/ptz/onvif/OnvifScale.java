package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.onvif.OnvifSpaces.Space;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.SpaceUri;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Maps our degrees to the spaces that a camera offers, and back: those in degrees where there are any, else the
/// generic ones, of which [#ranges] and [#maxSpeed] say what they stand for.
///
/// A generic zoom of 0..1 is taken to be linear in the magnification; ONVIF leaves that open.
record OnvifScale(OnvifSpaces spaces, PtzRanges ranges, PtzVelocity maxSpeed) {

    private static final PtzRange UNIT = new PtzRange(-1, 1);
    private static final PtzRange SHARE = new PtzRange(0, 1);

    boolean isAbsolute() {
        return positionInDegrees().or(this::genericPosition).isPresent();
    }

    /// The parts of a `tptz:Position`.
    List<XmlElement> position(PtzPosition position) {
        var parts = new ArrayList<XmlElement>();
        double pan = ranges.reachablePan(position.panDegrees());
        double tilt = ranges.tiltDegrees().clamp(position.tiltDegrees());
        positionInDegrees()
                .map(space -> OnvifNames.panTilt(pan, tilt, space.uri()))
                .or(() -> genericPosition()
                        .map(space -> OnvifNames.panTilt(
                                mapped(pan, ranges.panDegrees(), finite(space.x(), UNIT)),
                                mapped(tilt, ranges.tiltDegrees(), finite(space.y(), UNIT)),
                                space.uri())))
                .ifPresent(parts::add);
        double zoom = ranges.zoom().clamp(position.zoom());
        zoomPosition()
                .map(space -> OnvifNames.zoom(mapped(zoom, ranges.zoom(), finite(space.x(), SHARE)), space.uri()))
                .ifPresent(parts::add);
        return parts;
    }

    /// What a camera says in `tt:Position`; an axis that it does not report is 0 or 1.
    PtzPosition position(XmlElement position) throws MalformedXmlException {
        double pan = 0;
        double tilt = 0;
        var panTilt = position.find("PanTilt");
        if (panTilt.isPresent()) {
            pan = panTilt.get().numberOf("x");
            tilt = panTilt.get().numberOf("y");
            if (!isInDegrees(panTilt.get())) {
                var x = genericPosition().map(space -> finite(space.x(), UNIT)).orElse(UNIT);
                var y = genericPosition().map(space -> finite(space.y(), UNIT)).orElse(UNIT);
                pan = mapped(pan, x, ranges.panDegrees());
                tilt = mapped(tilt, y, ranges.tiltDegrees());
            }
        }
        return new PtzPosition(pan, tilt, zoom(position.find("Zoom")));
    }

    /// The parts of a `tptz:Velocity`; axes that the camera has no space for are left out.
    List<XmlElement> velocity(PtzVelocity velocity) {
        var parts = new ArrayList<XmlElement>();
        double pan = within(velocity.panDegreesPerSecond(), maxSpeed.panDegreesPerSecond());
        double tilt = within(velocity.tiltDegreesPerSecond(), maxSpeed.tiltDegreesPerSecond());
        spaces.find("ContinuousPanTiltVelocitySpace", SpaceUri.VELOCITY_DEGREES)
                .map(space -> OnvifNames.panTilt(space.x().clamp(pan), space.y().clamp(tilt), space.uri()))
                .or(() -> spaces.find("ContinuousPanTiltVelocitySpace", SpaceUri.VELOCITY)
                        .map(space -> OnvifNames.panTilt(
                                speed(pan, maxSpeed.panDegreesPerSecond(), space.x()),
                                speed(tilt, maxSpeed.tiltDegreesPerSecond(), space.y()),
                                space.uri())))
                .ifPresent(parts::add);
        spaces.find("ContinuousZoomVelocitySpace", SpaceUri.ZOOM_VELOCITY)
                .map(space -> OnvifNames.zoom(
                        speed(velocity.zoomRatePerSecond(), maxSpeed.zoomRatePerSecond(), space.x()), space.uri()))
                .ifPresent(parts::add);
        return parts;
    }

    private boolean isInDegrees(XmlElement panTilt) {
        return panTilt.attribute("space")
                .map(SpaceUri.POSITION_DEGREES::equals)
                .orElse(genericPosition().isEmpty());
    }

    private double zoom(Optional<XmlElement> zoom) throws MalformedXmlException {
        if (zoom.isEmpty()) {
            return 1;
        }
        var x = zoomPosition().map(space -> finite(space.x(), SHARE)).orElse(SHARE);
        return Math.max(1, mapped(zoom.get().numberOf("x"), x, ranges.zoom()));
    }

    private Optional<Space> positionInDegrees() {
        return spaces.find("AbsolutePanTiltPositionSpace", SpaceUri.POSITION_DEGREES);
    }

    private Optional<Space> genericPosition() {
        return spaces.find("AbsolutePanTiltPositionSpace", SpaceUri.POSITION);
    }

    private Optional<Space> zoomPosition() {
        return spaces.find("AbsoluteZoomPositionSpace", SpaceUri.ZOOM_POSITION);
    }

    /// A share of the fastest that the space has, to either side.
    private static double speed(double wanted, double full, PtzRange space) {
        double share = full > 0 ? Math.clamp(wanted / full, -1, 1) : 0;
        var range = finite(space, UNIT);
        return share >= 0 ? share * range.max() : share * Math.abs(range.min());
    }

    private static double within(double value, double limit) {
        return Math.clamp(value, -Math.abs(limit), Math.abs(limit));
    }

    /// The bounds of a space, or `usual` where one of them is infinite.
    private static PtzRange finite(PtzRange range, PtzRange usual) {
        return Math.abs(range.min()) > 1e9 || Math.abs(range.max()) > 1e9 ? usual : range;
    }

    /// From one range to another, linearly.
    static double mapped(double value, PtzRange from, PtzRange to) {
        double width = from.max() - from.min();
        return width <= 0 ? to.min() : to.min() + (value - from.min()) / width * (to.max() - to.min());
    }
}
