package dev.aerie.ptz.device.onvif;

import static dev.aerie.ptz.soap.OnvifNames.DEVICE;
import static dev.aerie.ptz.soap.OnvifNames.tt;

import dev.aerie.ptz.device.onvif.OnvifFeatures.Login;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Media;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.xml.XmlElement;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the device is: clock, services, names (ONVIF Core, device management).
///
/// - `base`: the server's address
record DeviceService(OnvifFeatures features, InstantSource clock, URI base) {

    static final String PATH = "/onvif/device_service";
    static final String MEDIA_PATH = "/onvif/media_service";
    static final String MEDIA2_PATH = "/onvif/media2_service";
    static final String PTZ_PATH = "/onvif/ptz_service";

    /// Empty for a request that this service has not.
    Optional<XmlElement> answer(XmlElement request) {
        return Optional.ofNullable(
                switch (request.name()) {
                    case "GetSystemDateAndTime" -> response(request, dateAndTime());
                    case "GetServices" -> services(request);
                    case "GetCapabilities" -> response(request, capabilities());
                    case "GetServiceCapabilities" -> response(request, serviceCapabilities());
                    case "GetDeviceInformation" -> information(request);
                    case "GetScopes" -> scopes(request);
                    case "GetHostname" ->
                        response(request, tds("HostnameInformation", tt("FromDHCP", "false"), tt("Name", "aerie")));
                    default -> null;
                });
    }

    /// The answer to a request, in its namespace.
    static XmlElement response(XmlElement request, XmlElement... parts) {
        return XmlElement.of(request.namespace(), request.name() + "Response", parts);
    }

    /// The scopes by which the device is found.
    static List<String> scopeNames(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return List.of(
                "onvif://www.onvif.org/Profile/Streaming",
                "onvif://www.onvif.org/type/ptz",
                "onvif://www.onvif.org/hardware/aerie",
                "onvif://www.onvif.org/name/" + encoded);
    }

    private XmlElement dateAndTime() {
        var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return tds(
                "SystemDateAndTime",
                tt("DateTimeType", "NTP"),
                tt("DaylightSavings", "false"),
                tt("TimeZone", tt("TZ", "UTC0")),
                tt(
                        "UTCDateTime",
                        tt(
                                "Time",
                                tt("Hour", "" + now.getHour()),
                                tt("Minute", "" + now.getMinute()),
                                tt("Second", "" + now.getSecond())),
                        tt(
                                "Date",
                                tt("Year", "" + now.getYear()),
                                tt("Month", "" + now.getMonthValue()),
                                tt("Day", "" + now.getDayOfMonth()))));
    }

    private XmlElement services(XmlElement request) {
        boolean detailed = request.textAt("IncludeCapability").orElse("").equals("true");
        var all = new ArrayList<XmlElement>();
        all.add(service(DEVICE, PATH, detailed, serviceCapabilities()));
        if (features.media().contains(Media.VERSION_1)) {
            all.add(service(OnvifNames.MEDIA, MEDIA_PATH, detailed, MediaService.capabilities(OnvifNames.MEDIA)));
        }
        if (features.media().contains(Media.VERSION_2)) {
            all.add(service(OnvifNames.MEDIA2, MEDIA2_PATH, detailed, MediaService.capabilities(OnvifNames.MEDIA2)));
        }
        all.add(service(OnvifNames.PTZ, PTZ_PATH, detailed, OnvifPtzService.capabilities(true)));
        return response(request).with(all);
    }

    private XmlElement service(String namespace, String path, boolean detailed, XmlElement capabilities) {
        var service = tds(
                "Service",
                XmlElement.ofText(DEVICE, "Namespace", namespace),
                XmlElement.ofText(DEVICE, "XAddr", base.resolve(path).toString()));
        if (detailed) {
            service = service.with(tds("Capabilities", capabilities));
        }
        return service.with(tds("Version", tt("Major", "2"), tt("Minor", "60")));
    }

    /// The older way to name the services.
    private XmlElement capabilities() {
        var parts = new ArrayList<XmlElement>();
        parts.add(tt("Device", address(PATH)));
        if (features.media().contains(Media.VERSION_1)) {
            var streaming = tt(
                    "StreamingCapabilities",
                    tt("RTPMulticast", "false"),
                    tt("RTP_TCP", "true"),
                    tt("RTP_RTSP_TCP", "true"));
            parts.add(tt("Media", address(MEDIA_PATH), streaming));
        }
        parts.add(tt("PTZ", address(PTZ_PATH)));
        return tds("Capabilities").with(parts);
    }

    private XmlElement address(String path) {
        return tt("XAddr", base.resolve(path).toString());
    }

    private XmlElement serviceCapabilities() {
        return tds(
                "Capabilities",
                tds("Network"),
                tds("Security")
                        .withAttribute("UsernameToken", "" + features.logins().contains(Login.USERNAME_TOKEN))
                        .withAttribute("HttpDigest", "" + features.logins().contains(Login.HTTP_DIGEST)),
                tds("System"));
    }

    private XmlElement information(XmlElement request) {
        return response(
                request,
                XmlElement.ofText(DEVICE, "Manufacturer", "Aerie"),
                XmlElement.ofText(DEVICE, "Model", features.name()),
                XmlElement.ofText(DEVICE, "FirmwareVersion", "1"),
                XmlElement.ofText(DEVICE, "SerialNumber", features.name()),
                XmlElement.ofText(DEVICE, "HardwareId", "aerie"));
    }

    private XmlElement scopes(XmlElement request) {
        return response(request)
                .with(scopeNames(features.name()).stream()
                        .map(scope -> tds("Scopes", tt("ScopeDef", "Fixed"), tt("ScopeItem", scope)))
                        .toList());
    }

    private static XmlElement tds(String name, XmlElement... children) {
        return XmlElement.of(DEVICE, name, children);
    }
}
