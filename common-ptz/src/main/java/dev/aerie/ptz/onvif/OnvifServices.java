package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.xml.XmlElement;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a camera's services are.
///
/// - `media`: path of its media service; `media2`: whether that is the newer one, of Profile T
/// - `ptz`: path of its PTZ service
record OnvifServices(String media, boolean media2, String ptz) {

    static OnvifServices of(OnvifTransport transport) throws PtzException {
        var paths = paths(transport);
        String ptz = paths.getOrDefault(OnvifNames.PTZ, "");
        String media = paths.getOrDefault(OnvifNames.MEDIA, "");
        String newer = paths.getOrDefault(OnvifNames.MEDIA2, "");
        if (ptz.isEmpty() || (media.isEmpty() && newer.isEmpty())) {
            throw transport.failed(Reason.UNSUPPORTED, "it has no " + (ptz.isEmpty() ? "PTZ" : "media") + " service");
        }
        return new OnvifServices(media.isEmpty() ? newer : media, media.isEmpty(), ptz);
    }

    private static Map<String, String> paths(OnvifTransport transport) throws PtzException {
        try {
            return ofServices(transport.call(
                    transport.service(""),
                    OnvifTransport.device(
                            "GetServices", XmlElement.ofText(OnvifNames.DEVICE, "IncludeCapability", "false"))));
        } catch (PtzException e) {
            if (e.reason() != Reason.REFUSED && e.reason() != Reason.UNSUPPORTED) {
                throw e;
            }
            return ofCapabilities(transport.call(
                    transport.service(""),
                    OnvifTransport.device("GetCapabilities", XmlElement.ofText(OnvifNames.DEVICE, "Category", "All"))));
        }
    }

    private static Map<String, String> ofServices(XmlElement answer) {
        Map<String, String> paths = new HashMap<>();
        answer.all("Service")
                .forEach(service -> path(service)
                        .ifPresent(path -> paths.put(service.textAt("Namespace").orElse(""), path)));
        return paths;
    }

    /// The way of cameras before GetServices.
    private static Map<String, String> ofCapabilities(XmlElement answer) {
        Map<String, String> paths = new HashMap<>();
        answer.find("Capabilities", "Media")
                .flatMap(OnvifServices::path)
                .ifPresent(path -> paths.put(OnvifNames.MEDIA, path));
        answer.find("Capabilities", "PTZ")
                .flatMap(OnvifServices::path)
                .ifPresent(path -> paths.put(OnvifNames.PTZ, path));
        return paths;
    }

    /// Of the address alone: host and port are those of the settings.
    private static Optional<String> path(XmlElement service) {
        try {
            return service.textAt("XAddr").map(URI::create).map(URI::getRawPath).filter(path -> path.startsWith("/"));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
