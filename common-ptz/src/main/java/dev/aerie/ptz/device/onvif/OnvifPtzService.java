package dev.aerie.ptz.device.onvif;

import static dev.aerie.ptz.device.onvif.DeviceService.response;
import static dev.aerie.ptz.device.onvif.MediaService.requireProfile;
import static dev.aerie.ptz.soap.OnvifNames.PTZ;
import static dev.aerie.ptz.soap.OnvifNames.tt;

import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.soap.SoapFault;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The device's motors (ONVIF PTZ Service Specification).
record OnvifPtzService(PtzDevice device, ConfigurationElements elements, PtzMoves moves, InstantSource clock) {

    private static final int LONGEST_NAME = 64;

    /// Empty for a request that this service has not; throws [SoapFault] for one that it does not carry out, and
    /// [MalformedXmlException] for one that is not written as the schema has it.
    Optional<XmlElement> answer(XmlElement request) throws SoapFault, MalformedXmlException {
        return Optional.ofNullable(
                switch (request.name()) {
                    case "GetServiceCapabilities" ->
                        response(request, capabilities(device.capabilities().reportsPosition()));
                    case "GetNodes" -> response(request, elements.node());
                    case "GetNode" -> {
                        require(request, "NodeToken", ConfigurationElements.NODE, "NoEntity");
                        yield response(request, elements.node());
                    }
                    case "GetConfigurations", "GetConfiguration", "GetConfigurationOptions" -> configuration(request);
                    case "GetStatus" -> response(requireProfile(request), status());
                    case "GetPresets", "SetPreset", "GotoPreset", "RemovePreset" -> presets(requireProfile(request));
                    case "ContinuousMove", "RelativeMove", "AbsoluteMove", "Stop", "GotoHomePosition" ->
                        move(requireProfile(request));
                    default -> null;
                });
    }

    static XmlElement capabilities(boolean reportsPosition) {
        return XmlElement.of(PTZ, "Capabilities")
                .withAttribute("EFlip", "false")
                .withAttribute("Reverse", "false")
                .withAttribute("MoveStatus", "true")
                .withAttribute("StatusPosition", Boolean.toString(reportsPosition));
    }

    private XmlElement configuration(XmlElement request) throws SoapFault {
        return switch (request.name()) {
            case "GetConfigurations" -> response(request, elements.configuration(PTZ, "PTZConfiguration"));
            case "GetConfiguration" -> {
                require(request, "PTZConfigurationToken", ConfigurationElements.CONFIGURATION, "NoConfig");
                yield response(request, elements.configuration(PTZ, "PTZConfiguration"));
            }
            default -> {
                require(request, "ConfigurationToken", ConfigurationElements.CONFIGURATION, "NoConfig");
                yield response(request, elements.options());
            }
        };
    }

    private XmlElement move(XmlElement request) throws SoapFault, MalformedXmlException {
        switch (request.name()) {
            case "ContinuousMove" -> moves.continuous(request);
            case "RelativeMove" -> moves.relative(request);
            case "AbsoluteMove" -> moves.absolute(request);
            case "Stop" -> device.stop();
            default -> device.moveTo(PtzPosition.HOME);
        }
        return response(request);
    }

    private XmlElement presets(XmlElement request) throws SoapFault {
        String token = request.textAt("PresetToken").orElse("");
        return switch (request.name()) {
            case "GetPresets" ->
                response(request)
                        .with(device.presets().stream()
                                .map(OnvifPtzService::preset)
                                .toList());
            case "SetPreset" ->
                response(request, XmlElement.ofText(PTZ, "PresetToken", save(token, request.textAt("PresetName"))));
            case "GotoPreset" -> done(request, device.goToPreset(token));
            default -> done(request, device.removePreset(token));
        };
    }

    private static XmlElement done(XmlElement request, boolean found) throws SoapFault {
        if (!found) {
            throw SoapFault.sender("InvalidArgVal", "NoToken", "there is no such preset");
        }
        return response(request);
    }

    private String save(String token, Optional<String> name) throws SoapFault {
        var taken = device.presets().stream().map(PtzPreset::id).collect(Collectors.toSet());
        int most = device.capabilities().maxPresets();
        if (!token.isEmpty() && !taken.contains(token)) {
            throw SoapFault.sender("InvalidArgVal", "NoToken", "there is no such preset");
        }
        if (token.isEmpty() && taken.size() >= most) {
            throw SoapFault.receiver("Action", "TooManyPresets", "all presets are taken");
        }
        if (name.filter(given -> given.length() > LONGEST_NAME).isPresent()) {
            throw SoapFault.sender("InvalidArgVal", "InvalidPresetName", "a name has 64 characters at most");
        }
        String id = !token.isEmpty()
                ? token
                : IntStream.rangeClosed(1, most)
                        .mapToObj(Integer::toString)
                        .filter(number -> !taken.contains(number))
                        .findFirst()
                        .orElse("1");
        device.savePreset(new PtzPreset(id, name.orElse("preset " + id)));
        return id;
    }

    private static XmlElement preset(PtzPreset preset) {
        return XmlElement.of(PTZ, "Preset", tt("Name", preset.name())).withAttribute("token", preset.id());
    }

    private XmlElement status() {
        String moving = device.isMoving() ? "MOVING" : "IDLE";
        var parts = device.capabilities().reportsPosition() ? List.of(moves.position()) : List.<XmlElement>of();
        return XmlElement.of(PTZ, "PTZStatus")
                .with(parts)
                .with(
                        tt("MoveStatus", tt("PanTilt", moving), tt("Zoom", moving)),
                        tt(
                                "UtcTime",
                                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    private static void require(XmlElement request, String name, String token, String fault) throws SoapFault {
        if (!request.textAt(name).orElse("").equals(token)) {
            throw SoapFault.sender("InvalidArgVal", fault, "there is no such " + name);
        }
    }
}
