package dev.aerie.ptz.onvif;

import static dev.aerie.ptz.soap.OnvifNames.ADDRESSING;
import static dev.aerie.ptz.soap.OnvifNames.DISCOVERY;

import dev.aerie.ptz.soap.SoapEnvelope;
import dev.aerie.ptz.soap.SoapFault;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// A WS-Discovery probe for ONVIF cameras, and what answers to it.
///
/// Source: WS-Discovery, April 2005; ONVIF Core Specification, "Device discovery".
///
/// - `id`: of this probe, by which answers name it
record ProbeMessage(String id) {

    private static final String PROBE = DISCOVERY + "/Probe";
    private static final String TO = "urn:schemas-xmlsoap-org:ws:2005:04:discovery";

    static ProbeMessage create() {
        return new ProbeMessage("urn:uuid:" + UUID.randomUUID());
    }

    String write() {
        return new SoapEnvelope(
                        List.of(
                                header("Action", PROBE),
                                header("MessageID", id),
                                XmlElement.of(ADDRESSING, "ReplyTo", header("Address", ADDRESSING + "/role/anonymous")),
                                header("To", TO)),
                        XmlElement.of(
                                DISCOVERY,
                                "Probe",
                                XmlElement.ofText(DISCOVERY, "Types", "dn:NetworkVideoTransmitter")))
                .write();
    }

    /// The devices of an answer to this probe; none for anything else.
    List<DiscoveredCamera> matches(byte[] datagram) {
        try {
            var message = SoapEnvelope.parse(datagram);
            boolean ours = message.header("RelatesTo")
                    .filter(related -> related.text().equals(id))
                    .isPresent();
            return ours && message.body().isNamed("ProbeMatches")
                    ? message.body().all("ProbeMatch").stream()
                            .flatMap(match -> match(match).stream())
                            .toList()
                    : List.of();
        } catch (MalformedXmlException | SoapFault _) {
            return List.of();
        }
    }

    private static Optional<DiscoveredCamera> match(XmlElement match) {
        var addresses = words(match, "XAddrs").flatMap(ProbeMessage::address).toList();
        String endpoint = match.textAt("EndpointReference", "Address").orElse("");
        return endpoint.isEmpty() || addresses.isEmpty()
                ? Optional.empty()
                : Optional.of(new DiscoveredCamera(
                        endpoint, addresses, words(match, "Scopes").toList()));
    }

    private static Stream<String> words(XmlElement match, String name) {
        return Stream.of(match.textAt(name).orElse("").split("\\s+", -1)).filter(word -> !word.isEmpty());
    }

    private static Stream<URI> address(String text) {
        try {
            var uri = URI.create(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null
                    ? Stream.of(uri)
                    : Stream.empty();
        } catch (IllegalArgumentException _) {
            return Stream.empty();
        }
    }

    private static XmlElement header(String name, String text) {
        return XmlElement.ofText(ADDRESSING, name, text);
    }
}
