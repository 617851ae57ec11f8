package dev.aerie.ptz.device.isapi;

import static dev.aerie.ptz.isapi.IsapiXml.decimal;
import static dev.aerie.ptz.isapi.IsapiXml.element;
import static dev.aerie.ptz.isapi.IsapiXml.text;
import static dev.aerie.ptz.isapi.IsapiXml.whole;

import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.isapi.IsapiScale;
import dev.aerie.ptz.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;

/// What the device says of itself.
record IsapiDocuments(PtzDevice device, IsapiFeatures features, IsapiScale scale) {

    private static final PtzRange SPEED = new PtzRange(-100, 100);

    XmlElement capabilities() {
        var can = device.capabilities();
        var parts = new ArrayList<XmlElement>();
        if (can.can(Move.ABSOLUTE)) {
            parts.add(element(
                    "AbsolutePanTiltPositionSpace", range("XRange", azimuths()), range("YRange", elevations())));
            parts.add(element("AbsoluteZoomPositionSpace", range("ZRange", tenths(can.zoom()))));
        }
        parts.add(element("ContinuousPanTiltSpace", range("XRange", SPEED), range("YRange", SPEED)));
        parts.add(element("ContinuousZoomSpace", range("ZRange", SPEED)));
        if (features.momentary()) {
            parts.add(element("MomentaryPanTiltSpace", range("XRange", SPEED), range("YRange", SPEED)));
            parts.add(element("MomentaryZoomSpace", range("ZRange", SPEED)));
        }
        parts.add(whole("maxPresetNum", can.maxPresets()));
        return element("PTZChanelCap").with(parts);
    }

    /// Tenths of a degree and of a magnification.
    XmlElement status() {
        var at = device.position();
        return element(
                "PTZStatus",
                element(
                        "AbsoluteHigh",
                        whole("elevation", Math.round(scale.elevation(at.tiltDegrees()) * 10)),
                        whole("azimuth", Math.round(scale.azimuth(at.panDegrees()) * 10) % 3600),
                        whole("absoluteZoom", Math.round(at.zoom() * 10))));
    }

    XmlElement absoluteEx() {
        var at = device.position();
        return element(
                "PTZAbsoluteEx",
                decimal("elevation", scale.elevation(at.tiltDegrees())),
                decimal("azimuth", scale.azimuth(at.panDegrees())),
                decimal("absoluteZoom", at.zoom()));
    }

    XmlElement presets() {
        List<XmlElement> all =
                device.presets().stream().map(IsapiDocuments::preset).toList();
        return element("PTZPresetList").with(all);
    }

    private static XmlElement preset(PtzPreset preset) {
        return element(
                "PTZPreset", text("enabled", "true"), text("id", preset.id()), text("presetName", preset.name()));
    }

    private PtzRange azimuths() {
        var pan = device.capabilities().panDegrees();
        return pan.max() - pan.min() >= 360 || pan.min() < 0 ? new PtzRange(0, 3600) : tenths(pan);
    }

    private PtzRange elevations() {
        var tilt = tenths(device.capabilities().tiltDegrees());
        return features.tiltSign() > 0 ? tilt : new PtzRange(-tilt.max(), -tilt.min());
    }

    private static PtzRange tenths(PtzRange range) {
        return new PtzRange(range.min() * 10, range.max() * 10);
    }

    private static XmlElement range(String axis, PtzRange range) {
        return element(axis, whole("Min", Math.round(range.min())), whole("Max", Math.round(range.max())));
    }
}
