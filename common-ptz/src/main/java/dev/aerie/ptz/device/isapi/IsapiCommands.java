package dev.aerie.ptz.device.isapi;

import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.device.DevicePan;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.isapi.IsapiScale;
import dev.aerie.ptz.isapi.IsapiScale.Speeds;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.time.Duration;

/// Does what the documents of a client ask for.
record IsapiCommands(PtzDevice device, IsapiFeatures features, IsapiScale scale) {

    /// A `continuous` move has no end of its own.
    private static final Duration UNTIL_STOPPED = Duration.ofHours(1);

    private static final int FULL = 100;
    private static final int LONGEST_NAME = 64;

    void continuous(XmlElement data) throws IsapiStatus, MalformedXmlException {
        var speeds = speeds(data);
        if (speeds.pan() == 0 && speeds.tilt() == 0 && speeds.zoom() == 0) {
            device.stop();
        } else {
            device.moveAt(scale.velocity(speeds), UNTIL_STOPPED);
        }
    }

    void momentary(XmlElement data) throws IsapiStatus, MalformedXmlException {
        if (!features.momentary()) {
            throw IsapiStatus.notSupported();
        }
        double millis = data.numberAt("Momentary", "duration");
        if (!(millis >= 0 && millis <= 3_600_000)) {
            throw IsapiStatus.wrongContent();
        }
        device.moveAt(scale.velocity(speeds(data)), Duration.ofMillis(Math.round(millis)));
    }

    /// In tenths.
    void absolute(XmlElement data) throws IsapiStatus, MalformedXmlException {
        moveTo(data.find("AbsoluteHigh").orElseThrow(IsapiStatus::wrongContent), 10);
    }

    void absoluteEx(XmlElement data) throws IsapiStatus, MalformedXmlException {
        if (!features.absoluteEx()) {
            throw IsapiStatus.notSupported();
        }
        moveTo(data, 1);
    }

    void savePreset(String id, XmlElement preset) throws IsapiStatus {
        requireNumber(id);
        String name = preset.textAt("presetName").orElse(id);
        if (name.length() > LONGEST_NAME) {
            throw IsapiStatus.wrongContent();
        }
        device.savePreset(new PtzPreset(id, name));
    }

    void goToPreset(String id) throws IsapiStatus {
        requireNumber(id);
        if (!device.goToPreset(id)) {
            throw IsapiStatus.wrongContent();
        }
    }

    void removePreset(String id) throws IsapiStatus {
        requireNumber(id);
        device.removePreset(id);
    }

    private void moveTo(XmlElement at, double divisor) throws IsapiStatus, MalformedXmlException {
        if (!device.capabilities().can(Move.ABSOLUTE)) {
            throw IsapiStatus.notSupported();
        }
        double zoom = at.numberAt("absoluteZoom") / divisor;
        if (!(zoom >= 1)) {
            throw IsapiStatus.wrongContent();
        }
        var pan = new DevicePan(device);
        PtzPosition position =
                scale.position(at.numberAt("azimuth") / divisor, at.numberAt("elevation") / divisor, zoom, pan.range());
        device.moveTo(new PtzPosition(pan.toDevice(position.panDegrees()), position.tiltDegrees(), position.zoom()));
    }

    private static Speeds speeds(XmlElement data) throws IsapiStatus, MalformedXmlException {
        return new Speeds(speed(data, "pan"), speed(data, "tilt"), speed(data, "zoom"));
    }

    /// An axis that is not named does not move.
    private static int speed(XmlElement data, String axis) throws IsapiStatus, MalformedXmlException {
        double speed = data.find(axis).isPresent() ? data.numberAt(axis) : 0;
        if (!(Math.abs(speed) <= FULL) || speed != Math.rint(speed)) {
            throw IsapiStatus.wrongContent();
        }
        return (int) speed;
    }

    private void requireNumber(String id) throws IsapiStatus {
        if (!id.matches("[1-9]\\d{0,3}")
                || Integer.parseInt(id) > device.capabilities().maxPresets()) {
            throw IsapiStatus.wrongContent();
        }
    }
}
