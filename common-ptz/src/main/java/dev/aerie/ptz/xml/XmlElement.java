package dev.aerie.ptz.xml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An element with its attributes, its elements and its text.
///
/// Names are found whatever their namespace and case: cameras write `Min` and `min`, and both of Hikvision's
/// namespaces.
///
/// - `namespace`: empty for none
/// - `attributes`: by local name; one to be written with a namespace is called `{namespace}name`
/// - `text`: without the white space around it; the text between child elements is not kept
public record XmlElement(
        String namespace, String name, Map<String, String> attributes, List<XmlElement> children, String text) {

    public XmlElement {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
    }

    /// An element with elements in it.
    public static XmlElement of(String namespace, String name, XmlElement... children) {
        return new XmlElement(namespace, name, Map.of(), List.of(children), "");
    }

    /// An element with text in it; characters that XML cannot have are left out.
    public static XmlElement ofText(String namespace, String name, String text) {
        return new XmlElement(namespace, name, Map.of(), List.of(), allowed(text));
    }

    public XmlElement withAttribute(String attribute, String value) {
        var more = new LinkedHashMap<>(attributes);
        more.put(attribute, allowed(value));
        return new XmlElement(namespace, name, more, children, text);
    }

    /// This element with more elements behind its own.
    public XmlElement with(List<XmlElement> more) {
        return new XmlElement(
                namespace,
                name,
                attributes,
                Stream.concat(children.stream(), more.stream()).toList(),
                text);
    }

    public XmlElement with(XmlElement... more) {
        return with(List.of(more));
    }

    public boolean isNamed(String wanted) {
        return name.equalsIgnoreCase(wanted);
    }

    /// The first element on this path below this one.
    public Optional<XmlElement> find(String... path) {
        Optional<XmlElement> found = Optional.of(this);
        for (String step : path) {
            found = found.flatMap(at ->
                    at.children.stream().filter(child -> child.isNamed(step)).findFirst());
        }
        return found;
    }

    /// The elements of this name in this one.
    public List<XmlElement> all(String wanted) {
        return children.stream().filter(child -> child.isNamed(wanted)).toList();
    }

    /// The text of the first element on this path.
    public Optional<String> textAt(String... path) {
        return find(path).map(XmlElement::text);
    }

    /// The number that the first element on this path has; throws [MalformedXmlException] where that is no finite
    /// number or there is no such element.
    public double numberAt(String... path) throws MalformedXmlException {
        String given = textAt(path).orElseThrow(() -> missing(path));
        return number(given, path[path.length - 1]);
    }

    /// The attribute of this name, empty without one.
    public Optional<String> attribute(String wanted) {
        return Optional.ofNullable(attributes.get(wanted));
    }

    /// The number in an attribute; throws as [#numberAt].
    public double numberOf(String attribute) throws MalformedXmlException {
        return number(
                attribute(attribute)
                        .orElseThrow(() -> new MalformedXmlException(name + " has no attribute " + attribute)),
                attribute);
    }

    private MalformedXmlException missing(String... path) {
        return new MalformedXmlException(name + " has no " + String.join("/", path));
    }

    /// XML Schema's `INF` stands for a bound that is none.
    private static double number(String text, String where) throws MalformedXmlException {
        try {
            double number = switch (text.strip().toUpperCase(Locale.ROOT)) {
                case "INF", "+INF" -> Double.MAX_VALUE;
                case "-INF" -> -Double.MAX_VALUE;
                default -> Double.parseDouble(text);
            };
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new MalformedXmlException(where + " is no number");
    }

    private static String allowed(String text) {
        return text.codePoints()
                .filter(XmlElement::isAllowed)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// XML 1.0, 2.2.
    private static boolean isAllowed(int c) {
        boolean plain = c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF);
        return plain || (c >= 0xE000 && c <= 0xFFFD) || c > 0xFFFF;
    }
}
