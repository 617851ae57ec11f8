package dev.aerie.ptz.isapi;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.xml.XmlElement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The presets of an ISAPI camera: numbers from 1, each with a name.
final class IsapiPresets {

    /// Hikvision's domes start functions by going to presets of this range (one-touch patrol, day mode, auto-flip).
    private static final int FIRST_COMMAND = 33;

    private static final int LAST_COMMAND = 105;

    private final IsapiClient client;

    IsapiPresets(IsapiClient client) {
        this.client = client;
    }

    List<PtzPreset> list() throws PtzException {
        return client.get("/presets").all("PTZPreset").stream()
                .filter(preset -> preset.textAt("enabled").orElse("true").equals("true"))
                .filter(preset -> preset.find("id").isPresent())
                .map(IsapiPresets::preset)
                .toList();
    }

    void goTo(String id) throws PtzException {
        client.put(path(id) + "/goto", "");
    }

    /// Under the number of the preset of this name, else under the lowest free one.
    PtzPreset save(String name, IsapiProbe camera) throws PtzException {
        var kept = list();
        var taken = kept.stream().map(PtzPreset::id).collect(Collectors.toSet());
        String id = kept.stream()
                .filter(preset -> preset.name().equals(name))
                .map(PtzPreset::id)
                .findFirst()
                .orElseGet(() -> IntStream.rangeClosed(1, camera.maxPresets())
                        .filter(number -> number < FIRST_COMMAND || number > LAST_COMMAND)
                        .filter(number -> !camera.presetsThatCommand().contains(number))
                        .mapToObj(Integer::toString)
                        .filter(number -> !taken.contains(number))
                        .findFirst()
                        .orElse(""));
        if (id.isEmpty()) {
            throw client.failed(Reason.REFUSED, "all its presets are taken");
        }
        client.put(path(id), IsapiXml.preset(Integer.parseInt(id), name));
        return new PtzPreset(id, name);
    }

    void remove(String id) throws PtzException {
        client.delete(path(id));
    }

    private static PtzPreset preset(XmlElement preset) {
        String id = preset.textAt("id").orElse("");
        return new PtzPreset(
                id, preset.textAt("presetName").filter(name -> !name.isEmpty()).orElse(id));
    }

    private String path(String id) throws PtzException {
        if (!id.matches("[1-9]\\d{0,4}")) {
            throw client.failed(Reason.REFUSED, "no preset " + id + ": its presets are numbers from 1");
        }
        return "/presets/" + id;
    }
}
