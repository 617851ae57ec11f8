package dev.aerie.ptz.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.ptz.xml.XmlText;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A device that is written here answers, on this machine alone.
final class OnvifDiscoveryTest {

    private static final String MATCH = "<d:ProbeMatch><a:EndpointReference><a:Address>%s</a:Address>"
            + "</a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>"
            + "onvif://www.onvif.org/name/North%%20gate onvif://www.onvif.org/type/ptz</d:Scopes>"
            + "<d:XAddrs>%s</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch>";

    @Test
    void find_answersGoodAndBad_namesEachGoodDeviceOnce() throws Exception {
        try (var device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(device));

            var found = OnvifDiscovery.find(
                    Duration.ofSeconds(3),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), device.getLocalPort()),
                    List.of());

            assertThat(found).hasSize(1);
            var gate = found.getFirst();
            assertThat(gate.endpoint()).isEqualTo("urn:uuid:gate");
            assertThat(gate.addresses()).containsExactly(URI.create("http://192.0.2.64/onvif/device_service"));
            assertThat(gate.name()).isEqualTo("North gate");
            assertThat(gate.isPtz()).isTrue();
        }
    }

    private static void answer(DatagramSocket device) {
        var buffer = new DatagramPacket(new byte[65536], 65536);
        try {
            while (true) {
                device.receive(buffer);
                byte[] probe = Arrays.copyOf(buffer.getData(), buffer.getLength());
                String id = XmlText.parse(probe).textAt("Header", "MessageID").orElseThrow();
                String gate = MATCH.formatted(
                        "urn:uuid:gate", "http://192.0.2.64/onvif/device_service file:///etc/passwd javascript:1");
                send(device, buffer, "garbage");
                send(device, buffer, answer("urn:uuid:of-another-probe", MATCH.formatted("urn:uuid:x", "http://x/")));
                send(device, buffer, answer(id, MATCH.formatted("urn:uuid:nowhere", "")));
                send(device, buffer, answer(id, gate));
                send(device, buffer, answer(id, gate));
            }
        } catch (IOException _) {
            // the test has ended
        }
    }

    private static String answer(String relatesTo, String matches) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:dn=\"http://www.onvif.org/ver10/network/wsdl\""
                + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\"><s:Header><a:RelatesTo>" + relatesTo
                + "</a:RelatesTo></s:Header><s:Body><d:ProbeMatches>" + matches
                + "</d:ProbeMatches></s:Body></s:Envelope>";
    }

    private static void send(DatagramSocket device, DatagramPacket to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        device.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }
}
