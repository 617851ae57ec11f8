package dev.aerie.ptz.soap;

import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import dev.aerie.ptz.xml.XmlText;
import java.util.List;
import java.util.Optional;

/// A SOAP 1.2 message.
///
/// - `headers`: empty for none
/// - `body`: its only element
public record SoapEnvelope(List<XmlElement> headers, XmlElement body) {

    public static final String TYPE = "application/soap+xml; charset=utf-8";

    public SoapEnvelope {
        headers = List.copyOf(headers);
    }

    public static SoapEnvelope of(XmlElement body) {
        return new SoapEnvelope(List.of(), body);
    }

    /// Reads a message; throws [SoapFault] where it is one, and [MalformedXmlException] where it is no SOAP 1.2 with
    /// one element in its body.
    public static SoapEnvelope parse(byte[] bytes) throws MalformedXmlException, SoapFault {
        var root = XmlText.parse(bytes);
        if (!root.isNamed("Envelope") || !root.namespace().equals(OnvifNames.SOAP)) {
            throw new MalformedXmlException("no SOAP 1.2 envelope");
        }
        var body = root.find("Body").orElseThrow(() -> new MalformedXmlException("an envelope without a body"));
        var fault = SoapFault.in(body);
        if (fault.isPresent()) {
            throw fault.get();
        }
        if (body.children().size() != 1) {
            throw new MalformedXmlException(
                    "expected one element in the body, had " + body.children().size());
        }
        return new SoapEnvelope(
                root.find("Header").map(XmlElement::children).orElse(List.of()),
                body.children().getFirst());
    }

    /// The header of this name.
    public Optional<XmlElement> header(String name) {
        return headers.stream().filter(header -> header.isNamed(name)).findFirst();
    }

    public String write() {
        var envelope = XmlElement.of(OnvifNames.SOAP, "Envelope");
        if (!headers.isEmpty()) {
            envelope = envelope.with(XmlElement.of(OnvifNames.SOAP, "Header").with(headers));
        }
        return XmlText.write(envelope.with(XmlElement.of(OnvifNames.SOAP, "Body", body)), OnvifNames.PREFIXES);
    }
}
