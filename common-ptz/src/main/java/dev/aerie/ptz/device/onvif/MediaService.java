package dev.aerie.ptz.device.onvif;

import static dev.aerie.ptz.device.onvif.DeviceService.response;
import static dev.aerie.ptz.soap.OnvifNames.MEDIA;
import static dev.aerie.ptz.soap.OnvifNames.MEDIA2;
import static dev.aerie.ptz.soap.OnvifNames.SCHEMA;
import static dev.aerie.ptz.soap.OnvifNames.tt;

import dev.aerie.ptz.device.onvif.OnvifFeatures.Media;
import dev.aerie.ptz.soap.SoapFault;
import dev.aerie.ptz.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/// The device's only media profile, in the media services of Profile S and Profile T.
record MediaService(OnvifFeatures features, ConfigurationElements elements) {

    /// Empty for a request that the service has not; throws [SoapFault] for another profile.
    Optional<XmlElement> answer(XmlElement request) throws SoapFault {
        boolean newer = request.namespace().equals(MEDIA2);
        if (!features.media().contains(newer ? Media.VERSION_2 : Media.VERSION_1)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (request.name()) {
                    case "GetServiceCapabilities" -> response(request, capabilities(request.namespace()));
                    case "GetProfiles" -> response(request, newer ? profile2(request) : profile("Profiles"));
                    case "GetProfile" -> newer ? null : response(requireProfile(request), profile("Profile"));
                    case "GetVideoSources" -> newer ? null : response(request, videoSource());
                    case "GetVideoSourceConfigurations" ->
                        response(request, renamed(elements.videoSource("Configurations"), request.namespace()));
                    case "GetStreamUri" -> streamUri(requireProfile(request), newer);
                    default -> null;
                });
    }

    static XmlElement capabilities(String namespace) {
        return XmlElement.of(
                namespace,
                "Capabilities",
                XmlElement.of(namespace, "ProfileCapabilities").withAttribute("MaximumNumberOfProfiles", "1"),
                XmlElement.of(namespace, "StreamingCapabilities").withAttribute("RTP_RTSP_TCP", "true"));
    }

    /// Throws [SoapFault] unless the request is about the device's profile.
    static XmlElement requireProfile(XmlElement request) throws SoapFault {
        if (!request.textAt("ProfileToken").orElse("").equals(ConfigurationElements.PROFILE)) {
            throw SoapFault.sender("InvalidArgVal", "NoProfile", "there is no such media profile");
        }
        return request;
    }

    private XmlElement profile(String name) {
        return XmlElement.of(MEDIA, name)
                .withAttribute("token", ConfigurationElements.PROFILE)
                .withAttribute("fixed", "true")
                .with(
                        tt("Name", features.name()),
                        elements.videoSource("VideoSourceConfiguration"),
                        elements.videoEncoder(),
                        elements.configuration(SCHEMA, "PTZConfiguration"));
    }

    /// With the configurations that were asked for; without a type, none.
    private XmlElement profile2(XmlElement request) {
        List<String> types = request.all("Type").stream().map(XmlElement::text).toList();
        var configurations = XmlElement.of(MEDIA2, "Configurations");
        if (types.contains("All") || types.contains("VideoSource")) {
            configurations = configurations.with(renamed(elements.videoSource("VideoSource"), MEDIA2));
        }
        if (types.contains("All") || types.contains("VideoEncoder")) {
            configurations = configurations.with(elements.videoEncoder2());
        }
        if (types.contains("All") || types.contains("PTZ")) {
            configurations = configurations.with(elements.configuration(MEDIA2, "PTZ"));
        }
        return XmlElement.of(MEDIA2, "Profiles", XmlElement.ofText(MEDIA2, "Name", features.name()), configurations)
                .withAttribute("token", ConfigurationElements.PROFILE)
                .withAttribute("fixed", "true");
    }

    private static XmlElement videoSource() {
        return XmlElement.of(MEDIA, "VideoSources", tt("Framerate", "25"), ConfigurationElements.resolution())
                .withAttribute("token", ConfigurationElements.SOURCE);
    }

    private XmlElement streamUri(XmlElement request, boolean newer) {
        String uri = features.video().toString();
        return newer
                ? response(request, XmlElement.ofText(MEDIA2, "Uri", uri))
                : response(
                        request,
                        XmlElement.of(
                                MEDIA,
                                "MediaUri",
                                tt("Uri", uri),
                                tt("InvalidAfterConnect", "false"),
                                tt("InvalidAfterReboot", "false"),
                                tt("Timeout", "PT0S")));
    }

    private static XmlElement renamed(XmlElement element, String namespace) {
        return new XmlElement(namespace, element.name(), element.attributes(), element.children(), element.text());
    }
}
