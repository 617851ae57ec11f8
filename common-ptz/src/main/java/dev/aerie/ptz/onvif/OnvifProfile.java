package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.xml.XmlElement;
import java.util.Optional;
import java.util.stream.Stream;

/// A media profile with motors.
///
/// - `token`: of the profile; `configuration`: of its PTZ configuration; `node`: of the motors, empty where not said
record OnvifProfile(String token, String configuration, String node) {

    /// The one of this token, else the first that has a PTZ configuration.
    static OnvifProfile of(OnvifTransport transport, OnvifServices services, Optional<String> wanted)
            throws PtzException {
        var answer = transport.call(services.media(), request(services));
        var found = answer.all("Profiles").stream()
                .filter(profile ->
                        wanted.isEmpty() || profile.attribute("token").equals(wanted))
                .flatMap(OnvifProfile::withMotors)
                .findFirst();
        if (found.isEmpty()) {
            throw transport.failed(
                    Reason.UNSUPPORTED,
                    wanted.map(token -> "it has no media profile " + token + " with a PTZ configuration")
                            .orElse("none of its media profiles has a PTZ configuration"));
        }
        return found.get().node().isEmpty() ? found.get().withNode(transport, services) : found.get();
    }

    private static XmlElement request(OnvifServices services) {
        return services.media2()
                ? XmlElement.of(OnvifNames.MEDIA2, "GetProfiles", XmlElement.ofText(OnvifNames.MEDIA2, "Type", "PTZ"))
                : XmlElement.of(OnvifNames.MEDIA, "GetProfiles");
    }

    private static Stream<OnvifProfile> withMotors(XmlElement profile) {
        return profile
                .find("PTZConfiguration")
                .or(() -> profile.find("Configurations", "PTZ"))
                .map(ptz -> new OnvifProfile(
                        profile.attribute("token").orElse(""),
                        ptz.attribute("token").orElse(""),
                        ptz.textAt("NodeToken").orElse("")))
                .stream();
    }

    /// Some cameras name the motors in the PTZ service's configurations only.
    private OnvifProfile withNode(OnvifTransport transport, OnvifServices services) throws PtzException {
        String named =
                transport.call(services.ptz(), OnvifSession.ptz("GetConfigurations")).all("PTZConfiguration").stream()
                        .filter(found -> found.attribute("token")
                                .filter(configuration::equals)
                                .isPresent())
                        .flatMap(found -> found.textAt("NodeToken").stream())
                        .findFirst()
                        .orElse("");
        return new OnvifProfile(token, configuration, named);
    }
}
