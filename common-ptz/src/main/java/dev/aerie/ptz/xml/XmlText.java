package dev.aerie.ptz.xml;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// Reads and writes [XmlElement]s.
///
/// A document type is refused, so that no entity is ever expanded and nothing is ever fetched.
public final class XmlText {

    private static final int MAX_DEPTH = 64;

    private XmlText() {}

    /// The root element; throws [MalformedXmlException] for anything but one well-formed document.
    public static XmlElement parse(byte[] bytes) throws MalformedXmlException {
        try {
            var reader = readers().createXMLStreamReader((InputStream) new ByteArrayInputStream(bytes));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw new MalformedXmlException("a document type is not allowed");
                }
            }
            var root = element(reader, 0);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        } catch (XMLStreamException | RuntimeException e) {
            throw new MalformedXmlException("no XML: " + firstLine(e), e);
        }
    }

    /// The document with this root.
    ///
    /// - `prefixes`: of every namespace in it, the empty text for the default one; those that are used, by a name
    ///   or at the beginning of a text (a qualified name), are declared at the root
    public static String write(XmlElement root, Map<String, String> prefixes) {
        var text = new StringWriter();
        try {
            var writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            writer.writeStartDocument("UTF-8", "1.0");
            Set<String> used = new LinkedHashSet<>();
            collect(root, prefixes, used);
            write(writer, root, prefixes, used);
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return text.toString();
    }

    private static XMLInputFactory readers() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static XmlElement element(XMLStreamReader reader, int depth)
            throws XMLStreamException, MalformedXmlException {
        if (depth > MAX_DEPTH) {
            throw new MalformedXmlException("more than " + MAX_DEPTH + " elements inside each other");
        }
        String namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        String name = reader.getLocalName();
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        List<XmlElement> children = new ArrayList<>();
        var text = new StringBuilder();
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            switch (reader.getEventType()) {
                case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new MalformedXmlException("an entity is not allowed");
                default -> {} // comments and processing instructions
            }
        }
        return new XmlElement(
                namespace, name, attributes, children, text.toString().strip());
    }

    private static void write(
            XMLStreamWriter writer, XmlElement element, Map<String, String> prefixes, Set<String> declare)
            throws XMLStreamException {
        start(writer, element, prefixes);
        for (String namespace : declare) {
            String prefix = prefixes.getOrDefault(namespace, "");
            if (prefix.isEmpty()) {
                writer.writeDefaultNamespace(namespace);
            } else {
                writer.writeNamespace(prefix, namespace);
            }
        }
        for (var attribute : element.attributes().entrySet()) {
            writer.writeAttribute(qualified(attribute.getKey(), prefixes), attribute.getValue());
        }
        if (!element.text().isEmpty()) {
            writer.writeCharacters(element.text());
        }
        for (XmlElement child : element.children()) {
            write(writer, child, prefixes, Set.of());
        }
        writer.writeEndElement();
    }

    private static void start(XMLStreamWriter writer, XmlElement element, Map<String, String> prefixes)
            throws XMLStreamException {
        String prefix = prefixes.getOrDefault(element.namespace(), "");
        writer.writeStartElement(prefix.isEmpty() ? element.name() : prefix + ":" + element.name());
    }

    /// `{namespace}name` as `prefix:name`.
    private static String qualified(String attribute, Map<String, String> prefixes) {
        int end = attribute.indexOf('}');
        return end < 0 ? attribute : prefixes.get(attribute.substring(1, end)) + ":" + attribute.substring(end + 1);
    }

    private static void collect(XmlElement element, Map<String, String> prefixes, Set<String> used) {
        if (!element.namespace().isEmpty()) {
            used.add(element.namespace());
        }
        element.attributes().keySet().stream()
                .filter(name -> name.startsWith("{"))
                .forEach(name -> used.add(name.substring(1, name.indexOf('}'))));
        prefixes.forEach((namespace, prefix) -> {
            if (!prefix.isEmpty() && element.text().startsWith(prefix + ":")) {
                used.add(namespace);
            }
        });
        element.children().forEach(child -> collect(child, prefixes, used));
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
