package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.SpaceUri;
import dev.aerie.ptz.soap.XmlDuration;
import dev.aerie.ptz.xml.XmlElement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What was asked of a camera once and holds until it is restarted.
///
/// - `service`: path of its PTZ service
/// - `profile`: token of the media profile whose motors are driven
/// - `longestMove`: the longest time-out that it takes for a move at a speed
record OnvifSession(
        String service,
        String profile,
        OnvifScale scale,
        OnvifTranslation translation,
        Duration shortestMove,
        Duration longestMove,
        boolean reportsPosition,
        int maxPresets) {

    private static final Duration LONGEST_USUAL = Duration.ofSeconds(10);

    /// Asks for services, profiles, spaces, presets and position.
    static OnvifSession open(OnvifTransport transport, OnvifOptions options) throws PtzException {
        var services = OnvifServices.of(transport);
        var profile = OnvifProfile.of(transport, services, options.profile());
        var answer = transport.call(
                services.ptz(), ptz("GetConfigurationOptions", ptz("ConfigurationToken", profile.configuration())));
        var described = answer.find("PTZConfigurationOptions").orElse(answer);
        var spaces = described.find("Spaces").map(OnvifSpaces::of).orElseGet(() -> new OnvifSpaces(List.of()));
        var scale = new OnvifScale(spaces, ranges(spaces, options), options.maxSpeed());
        return new OnvifSession(
                services.ptz(),
                profile.token(),
                scale,
                new OnvifTranslation(scale, options.fieldOfView()),
                duration(described, "Min").orElse(Duration.ZERO),
                duration(described, "Max").orElse(LONGEST_USUAL),
                reportsPosition(transport, services.ptz(), profile.token()),
                maxPresets(transport, services.ptz(), profile.node()));
    }

    /// An element of the PTZ service.
    static XmlElement ptz(String name, XmlElement... children) {
        return XmlElement.of(OnvifNames.PTZ, name, children);
    }

    static XmlElement ptz(String name, String text) {
        return XmlElement.ofText(OnvifNames.PTZ, name, text);
    }

    /// A request about this profile.
    XmlElement request(String name, XmlElement... more) {
        return ptz(name, ptz("ProfileToken", profile)).with(more);
    }

    private static PtzRanges ranges(OnvifSpaces spaces, OnvifOptions options) {
        if (options.ranges().isPresent()) {
            return options.ranges().get();
        }
        var usual = PtzRanges.DEFAULT;
        return spaces.find("AbsolutePanTiltPositionSpace", SpaceUri.POSITION_DEGREES)
                .map(space -> new PtzRanges(clipped(space.x(), 360), clipped(space.y(), 180), usual.zoom()))
                .orElse(usual);
    }

    private static PtzRange clipped(PtzRange range, double limit) {
        return new PtzRange(Math.clamp(range.min(), -limit, limit), Math.clamp(range.max(), -limit, limit));
    }

    private static Optional<Duration> duration(XmlElement options, String bound) {
        return options.textAt("PTZTimeout", bound).flatMap(XmlDuration::parse);
    }

    /// By asking: the capability that says so is younger than many cameras.
    private static boolean reportsPosition(OnvifTransport transport, String service, String profile)
            throws PtzException {
        try {
            return transport
                    .call(service, ptz("GetStatus", ptz("ProfileToken", profile)))
                    .find("PTZStatus", "Position")
                    .isPresent();
        } catch (PtzException e) {
            return isAnswer(e, false);
        }
    }

    private static int maxPresets(OnvifTransport transport, String service, String node) throws PtzException {
        try {
            return transport.call(service, ptz("GetNodes")).all("PTZNode").stream()
                    .filter(found ->
                            found.attribute("token").filter(node::equals).isPresent())
                    .flatMap(found -> found.textAt("MaximumNumberOfPresets").stream())
                    .filter(number -> number.matches("\\d{1,6}"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (PtzException e) {
            return isAnswer(e, 0);
        }
    }

    /// `otherwise` where the camera said no; throws where it said nothing.
    private static <T> T isAnswer(PtzException e, T otherwise) throws PtzException {
        return switch (e.reason()) {
            case REFUSED, UNSUPPORTED, MALFORMED_ANSWER -> otherwise;
            case UNREACHABLE, UNAUTHORIZED, BUSY -> throw e;
        };
    }
}
