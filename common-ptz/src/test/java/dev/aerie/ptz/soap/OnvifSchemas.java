package dev.aerie.ptz.soap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/// ONVIF's own schemas, taken out of its WSDL documents; SOAP's and WS-Security's are ours, from the standards.
public final class OnvifSchemas {

    private static final List<String> WSDL = List.of(
            "ver10/device/wsdl/devicemgmt.wsdl",
            "ver10/media/wsdl/media.wsdl",
            "ver20/media/wsdl/media.wsdl",
            "ver20/ptz/wsdl/ptz.wsdl");

    /// Where the names of other standards are declared.
    private static final Map<String, String> OURS = Map.of(
            OnvifNames.SOAP,
            "envelope.xsd",
            OnvifNames.SECURITY,
            "security.xsd",
            OnvifNames.UTILITY,
            "utility.xsd",
            "http://www.w3.org/XML/1998/namespace",
            "xml.xsd",
            "http://docs.oasis-open.org/wsn/b-2",
            "notification.xsd",
            "http://www.w3.org/2005/05/xmlmime",
            "xmlmime.xsd",
            "http://www.w3.org/2004/08/xop/include",
            "xop.xsd");

    private final Schema schema;

    /// - `wsdl`: ONVIF's folder of that name
    public OnvifSchemas(Path wsdl) throws Exception {
        var implementation =
                (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
        var factory = SchemaFactory.newDefaultInstance();
        factory.setProperty("http://www.oracle.com/xml/jaxp/properties/maxOccurLimit", "0");
        // Two types of the device service break the rule of unique particles; a reader may leave that unchecked.
        factory.setFeature("http://apache.org/xml/features/validation/schema-full-checking", false);
        factory.setResourceResolver((_, namespace, _, location, _) -> {
            LSInput input = implementation.createLSInput();
            input.setSystemId(namespace + "#" + location);
            input.setStringData(text(wsdl, namespace, location));
            return input;
        });
        List<Source> sources = new ArrayList<>();
        sources.add(new StreamSource(new StringReader(ours("envelope.xsd")), "ours:envelope.xsd"));
        sources.add(new StreamSource(new StringReader(ours("security.xsd")), "ours:security.xsd"));
        for (String document : WSDL) {
            sources.add(new StreamSource(new StringReader(types(wsdl.resolve(document))), "onvif:" + document));
        }
        schema = factory.newSchema(sources.toArray(Source[]::new));
    }

    /// Throws [SAXException] where a message is not what the schemas say.
    public void validate(String message) throws SAXException, IOException {
        schema.newValidator().validate(new StreamSource(new StringReader(message)));
    }

    private static String text(Path wsdl, String namespace, String location) {
        try {
            if (OURS.containsKey(namespace)) {
                return ours(OURS.get(namespace));
            }
            String name = location.substring(location.lastIndexOf('/') + 1);
            return Files.readString(wsdl.resolve("ver10/schema").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ours(String name) throws IOException {
        try (var in = Objects.requireNonNull(OnvifSchemas.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The schema in `wsdl:types`, with the namespaces that are declared around it.
    private static String types(Path file) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(Files.readAllBytes(file)));
        var schema = (Element) document.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema")
                .item(0);
        var around = document.getDocumentElement().getAttributes();
        for (int i = 0; i < around.getLength(); i++) {
            var attribute = around.item(i);
            if (attribute.getNodeName().startsWith("xmlns:") && !schema.hasAttribute(attribute.getNodeName())) {
                schema.setAttributeNS(
                        XMLConstants.XMLNS_ATTRIBUTE_NS_URI, attribute.getNodeName(), attribute.getNodeValue());
            }
        }
        var text = new StringWriter();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(schema), new StreamResult(text));
        return text.toString();
    }
}
