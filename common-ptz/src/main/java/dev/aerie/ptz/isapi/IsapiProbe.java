package dev.aerie.ptz.isapi;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What an ISAPI camera says that it can do: its document `/capabilities`, and whether `/absoluteEx` and `/status`
/// answer.
///
/// - `momentary`: whether it takes moves that end by themselves
/// - `absolute`: how it is sent to a position
/// - `reportsPosition`: whether `/status` answers where `/absoluteEx` does not
/// - `maxPresets`: 0 for none
/// - `presetsThatCommand`: numbers that mean something else, such as the beginning of a patrol
record IsapiProbe(
        boolean momentary,
        Absolute absolute,
        boolean reportsPosition,
        PtzRanges ranges,
        int maxPresets,
        Set<Integer> presetsThatCommand) {

    private static final int USUAL_PRESETS = 300;

    /// How a camera is sent to a position, the finer way first.
    enum Absolute {
        EX,
        TENTHS,
        NONE
    }

    static IsapiProbe of(IsapiClient client, int tiltSign) throws PtzException {
        var document = answer(client, "/capabilities").orElseGet(() -> IsapiXml.element("PTZChanelCap"));
        boolean fine = answer(client, "/absoluteEx").isPresent();
        boolean status = fine || answer(client, "/status").isPresent();
        boolean coarse = document.find("AbsolutePanTiltPositionSpace").isPresent();
        return new IsapiProbe(
                document.find("MomentaryPanTiltSpace").isPresent(),
                fine ? Absolute.EX : coarse ? Absolute.TENTHS : Absolute.NONE,
                status,
                ranges(document, tiltSign),
                document.textAt("maxPresetNum").map(IsapiProbe::whole).orElse(USUAL_PRESETS),
                specialPresets(document));
    }

    /// Empty where the camera has no such document.
    private static Optional<XmlElement> answer(IsapiClient client, String path) throws PtzException {
        try {
            return Optional.of(client.get(path));
        } catch (PtzException e) {
            if (e.reason() == Reason.UNSUPPORTED || e.reason() == Reason.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static PtzRanges ranges(XmlElement document, int tiltSign) {
        var pan = range(document, "AbsolutePanTiltPositionSpace", "XRange")
                .map(azimuth -> azimuth.max() - azimuth.min() >= 359 ? PtzRanges.DEFAULT.panDegrees() : azimuth);
        var tilt = range(document, "AbsolutePanTiltPositionSpace", "YRange")
                .map(up -> tiltSign > 0 ? up : new PtzRange(-up.max(), -up.min()));
        var zoom = range(document, "AbsoluteZoomPositionSpace", "ZRange")
                .map(tenths -> new PtzRange(Math.max(1, tenths.min()), Math.max(1, tenths.max())));
        return new PtzRanges(
                pan.orElse(PtzRanges.DEFAULT.panDegrees()),
                tilt.orElse(PtzRanges.DEFAULT.tiltDegrees()),
                zoom.orElse(PtzRanges.DEFAULT.zoom()));
    }

    /// In degrees and magnification: the document counts in tenths.
    private static Optional<PtzRange> range(XmlElement document, String space, String axis) {
        try {
            var found = document.find(space, axis);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new PtzRange(
                            found.get().numberAt("Min") / 10, found.get().numberAt("Max") / 10));
        } catch (MalformedXmlException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Set<Integer> specialPresets(XmlElement document) {
        String list = document.find("PresetNameCap", "specialNo")
                .flatMap(element -> element.attribute("opt"))
                .orElse("");
        return Arrays.stream(list.split(",", -1))
                .map(IsapiProbe::whole)
                .filter(number -> number > 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int whole(String text) {
        return text.strip().matches("\\d{1,6}") ? Integer.parseInt(text.strip()) : 0;
    }
}
