package dev.aerie.ptz.soap;

import dev.aerie.ptz.xml.XmlElement;
import java.util.Locale;
import java.util.Map;

/// ONVIF's namespaces and the prefixes that its documents write for them.
public final class OnvifNames {

    public static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    public static final String DEVICE = "http://www.onvif.org/ver10/device/wsdl";
    public static final String MEDIA = "http://www.onvif.org/ver10/media/wsdl";
    public static final String MEDIA2 = "http://www.onvif.org/ver20/media/wsdl";
    public static final String PTZ = "http://www.onvif.org/ver20/ptz/wsdl";
    public static final String SCHEMA = "http://www.onvif.org/ver10/schema";
    public static final String ERROR = "http://www.onvif.org/ver10/error";
    public static final String NETWORK = "http://www.onvif.org/ver10/network/wsdl";
    public static final String SECURITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public static final String UTILITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    public static final String DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery";
    public static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry(SOAP, "s"),
            Map.entry(DEVICE, "tds"),
            Map.entry(MEDIA, "trt"),
            Map.entry(MEDIA2, "tr2"),
            Map.entry(PTZ, "tptz"),
            Map.entry(SCHEMA, "tt"),
            Map.entry(ERROR, "ter"),
            Map.entry(NETWORK, "dn"),
            Map.entry(SECURITY, "wsse"),
            Map.entry(UTILITY, "wsu"),
            Map.entry(DISCOVERY, "d"),
            Map.entry(ADDRESSING, "a"));

    private OnvifNames() {}

    /// An element of the common schema (`tt`).
    public static XmlElement tt(String name, XmlElement... children) {
        return XmlElement.of(SCHEMA, name, children);
    }

    public static XmlElement tt(String name, String text) {
        return XmlElement.ofText(SCHEMA, name, text);
    }

    /// A pan and tilt (`tt:Vector2D`).
    public static XmlElement panTilt(double x, double y, String space) {
        return tt("PanTilt")
                .withAttribute("x", number(x))
                .withAttribute("y", number(y))
                .withAttribute("space", space);
    }

    /// A zoom (`tt:Vector1D`).
    public static XmlElement zoom(double x, String space) {
        return tt("Zoom").withAttribute("x", number(x)).withAttribute("space", space);
    }

    /// As `xs:float`, with no more digits than a motor can tell apart.
    public static String number(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value).replaceFirst("\\.?0+$", "");
        return text.equals("-0") ? "0" : text;
    }
}
