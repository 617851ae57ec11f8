package dev.aerie.ptz.device.onvif;

import static dev.aerie.ptz.soap.OnvifNames.number;
import static dev.aerie.ptz.soap.OnvifNames.tt;

import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.soap.SpaceUri;
import dev.aerie.ptz.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;

/// The coordinate spaces that the device offers, as `tt:PTZSpaces`.
record SpaceElements(PtzCapabilities can, OnvifFeatures features) {

    private static final PtzRange UNIT = new PtzRange(-1, 1);
    private static final PtzRange SHARE = new PtzRange(0, 1);

    XmlElement spaces(String name) {
        var all = new ArrayList<XmlElement>();
        boolean zooms = can.zoom().max() > can.zoom().min();
        addAbsolute(all, zooms);
        addRelative(all, zooms);
        addContinuous(all, zooms);
        all.add(zoom("PanTiltSpeedSpace", SpaceUri.SPEED, SHARE));
        if (zooms) {
            all.add(zoom("ZoomSpeedSpace", SpaceUri.ZOOM_SPEED, SHARE));
        }
        return tt(name).with(all);
    }

    private void addAbsolute(List<XmlElement> all, boolean zooms) {
        if (!can.can(Move.ABSOLUTE)) {
            return;
        }
        String kind = "AbsolutePanTiltPositionSpace";
        all.add(panTilt(kind, SpaceUri.POSITION, UNIT, UNIT));
        if (features.degrees()) {
            all.add(panTilt(kind, SpaceUri.POSITION_DEGREES, can.panDegrees(), can.tiltDegrees()));
        }
        if (zooms) {
            all.add(zoom("AbsoluteZoomPositionSpace", SpaceUri.ZOOM_POSITION, SHARE));
        }
    }

    private void addContinuous(List<XmlElement> all, boolean zooms) {
        String kind = "ContinuousPanTiltVelocitySpace";
        all.add(panTilt(kind, SpaceUri.VELOCITY, UNIT, UNIT));
        if (features.degrees()) {
            var full = can.maxSpeed();
            all.add(panTilt(
                    kind,
                    SpaceUri.VELOCITY_DEGREES,
                    either(full.panDegreesPerSecond()),
                    either(full.tiltDegreesPerSecond())));
        }
        if (zooms) {
            all.add(zoom("ContinuousZoomVelocitySpace", SpaceUri.ZOOM_VELOCITY, UNIT));
        }
    }

    private void addRelative(List<XmlElement> all, boolean zooms) {
        if (!can.can(Move.RELATIVE)) {
            return;
        }
        all.add(panTilt("RelativePanTiltTranslationSpace", SpaceUri.TRANSLATION, UNIT, UNIT));
        if (features.degrees()) {
            all.add(panTilt("RelativePanTiltTranslationSpace", SpaceUri.TRANSLATION_DEGREES, either(360), either(180)));
        }
        if (features.fieldOfView().isPresent()) {
            all.add(panTilt("RelativePanTiltTranslationSpace", SpaceUri.TRANSLATION_FIELD_OF_VIEW, UNIT, UNIT));
        }
        if (zooms) {
            all.add(zoom("RelativeZoomTranslationSpace", SpaceUri.ZOOM_TRANSLATION, UNIT));
        }
    }

    private static PtzRange either(double limit) {
        return new PtzRange(-limit, limit);
    }

    private static XmlElement panTilt(String kind, String uri, PtzRange x, PtzRange y) {
        return tt(kind, tt("URI", uri), range("XRange", x), range("YRange", y));
    }

    private static XmlElement zoom(String kind, String uri, PtzRange x) {
        return tt(kind, tt("URI", uri), range("XRange", x));
    }

    private static XmlElement range(String name, PtzRange range) {
        return tt(name, tt("Min", number(range.min())), tt("Max", number(range.max())));
    }
}
