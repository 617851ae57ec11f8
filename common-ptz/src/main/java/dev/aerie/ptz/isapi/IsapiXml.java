package dev.aerie.ptz.isapi;

import dev.aerie.ptz.isapi.IsapiScale.Speeds;
import dev.aerie.ptz.xml.XmlElement;
import dev.aerie.ptz.xml.XmlText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/// The documents that ISAPI cameras take.
public final class IsapiXml {

    /// The namespace that cameras of all ages take; newer documents name [#NEWER_NAMESPACE].
    public static final String NAMESPACE = "http://www.hikvision.com/ver20/XMLSchema";

    public static final String NEWER_NAMESPACE = "http://www.isapi.org/ver20/XMLSchema";
    public static final String TYPE = "application/xml; charset=UTF-8";
    private static final String VERSION = "2.0";

    private IsapiXml() {}

    /// An element of a document; names as ISAPI writes them.
    public static XmlElement element(String name, XmlElement... children) {
        return XmlElement.of(NAMESPACE, name, children);
    }

    public static XmlElement text(String name, String text) {
        return XmlElement.ofText(NAMESPACE, name, text);
    }

    public static XmlElement whole(String name, long number) {
        return text(name, Long.toString(number));
    }

    /// With two digits behind the point.
    public static XmlElement decimal(String name, double number) {
        return text(name, String.format(Locale.ROOT, "%.2f", number));
    }

    public static String write(XmlElement root) {
        return XmlText.write(root.withAttribute("version", VERSION), Map.of(NAMESPACE, ""));
    }

    static String continuous(Speeds speeds) {
        return write(data(speeds));
    }

    static String momentary(Speeds speeds, Duration duration) {
        return write(data(speeds).with(element("Momentary", whole("duration", Math.max(1, duration.toMillis())))));
    }

    /// Tenths of a degree, tenths of a magnification.
    static String absolute(double azimuth, double elevation, double zoom) {
        return write(element(
                "PTZData",
                element(
                        "AbsoluteHigh",
                        whole("elevation", Math.round(elevation * 10)),
                        whole("azimuth", Math.round(azimuth * 10) % 3600),
                        whole("absoluteZoom", Math.round(zoom * 10)))));
    }

    static String absoluteEx(double azimuth, double elevation, double zoom) {
        return write(element(
                "PTZAbsoluteEx",
                decimal("elevation", elevation),
                decimal("azimuth", azimuth),
                decimal("absoluteZoom", zoom)));
    }

    static String preset(int id, String name) {
        return write(element("PTZPreset", text("enabled", "true"), whole("id", id), text("presetName", name)));
    }

    private static XmlElement data(Speeds speeds) {
        return element(
                "PTZData", whole("pan", speeds.pan()), whole("tilt", speeds.tilt()), whole("zoom", speeds.zoom()));
    }
}
