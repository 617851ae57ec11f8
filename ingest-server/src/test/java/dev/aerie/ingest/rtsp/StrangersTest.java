package dev.aerie.ingest.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.auth.AuthChallenge;
import dev.aerie.auth.Credentials;
import dev.aerie.limits.Guesses;
import dev.aerie.messages.testing.Eventually;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What strangers can take of the RTSP server: connections, ports, guesses.
final class StrangersTest {

    private static final Pattern SERVER_PORT = Pattern.compile("server_port=(\\d+)-");
    private static final Credentials READER = new Credentials("reader", "s3cret");

    @Test
    void connect_moreThanAnAddressMay_isClosedAtOnce_untilAnotherGoes() throws Exception {
        var config = RtspServerConfig.defaults("127.0.0.1", 0).withConnections(new ConnectionLimits(8, 2));
        try (var relay = new RelayUnderTest(config);
                var first = new RawClient(relay.server.port())) {
            assertThat(first.request("OPTIONS", "*").status()).isEqualTo(200);
            try (var second = new RawClient(relay.server.port())) {
                assertThat(second.request("OPTIONS", "*").status()).isEqualTo(200);
                assertThat(isServed(relay.server.port())).isFalse();
                assertThat(relay.server.stats().connections()).isEqualTo(2);
            }
            Eventually.holds("served again", () -> isServed(relay.server.port()));
        }
    }

    @Test
    void setup_byUdpAgainAndAgain_keepsOnePairOfPorts() throws Exception {
        try (var relay = RelayUnderTest.open();
                var client = new RawClient(relay.server.port())) {
            String transport = "RTP/AVP;unicast;client_port=40000-40001;mode=record";
            String url = relay.url("cam");
            var ports = new ArrayList<Integer>();
            ports.add(port(client.announce(url, transport)));
            for (int i = 0; i < 39; i++) {
                ports.add(port(client.request("SETUP", url + "/streamid=0", "Transport: " + transport)));
            }
            assertThat(isFree(ports.getLast())).isFalse();
            // Other programs of this machine may have taken some of those that were given back.
            assertThat(ports.stream().distinct().filter(port -> !isFree(port))).hasSizeLessThan(10);
        }
    }

    @Test
    void credentials_wrongTenTimesOnManyConnections_areLookedAtNoMore() throws Exception {
        var access = new RtspAccess(Optional.empty(), Optional.of(READER));
        try (var relay =
                new RelayUnderTest(RtspServerConfig.defaults("127.0.0.1", 0).withAccess(access))) {
            relay.loop("drone", TestClip.shortGroups());
            assertThat(describe(relay, READER)).isEqualTo(200);
            var answers = new ArrayList<Integer>();
            for (int i = 0; i < 2 * Guesses.AT_ONCE; i++) {
                answers.add(describe(relay, new Credentials("reader", "guess" + i)));
            }
            assertThat(answers.subList(0, Guesses.AT_ONCE)).containsOnly(401);
            assertThat(answers).last().isEqualTo(503);
            // Right ones are found out no faster.
            assertThat(describe(relay, READER)).isEqualTo(503);
        }
    }

    @Test
    void credentials_heardOnAnotherConnection_areRefused() throws Exception {
        var access = new RtspAccess(Optional.empty(), Optional.of(READER));
        try (var relay = new RelayUnderTest(
                        RtspServerConfig.defaults("127.0.0.1", 0).withAccess(access));
                var owner = new RawClient(relay.server.port());
                var listener = new RawClient(relay.server.port())) {
            relay.loop("drone", TestClip.shortGroups());
            String url = relay.url("drone");
            String heard = "Authorization: " + authorization(owner, url, READER);
            assertThat(owner.request("DESCRIBE", url, heard).status()).isEqualTo(200);
            assertThat(listener.request("DESCRIBE", url, heard).status()).isEqualTo(401);
        }
    }

    private static int describe(RelayUnderTest relay, Credentials credentials) throws IOException {
        try (var client = new RawClient(relay.server.port())) {
            String url = relay.url("drone");
            return client.request("DESCRIBE", url, "Authorization: " + authorization(client, url, credentials))
                    .status();
        }
    }

    private static String authorization(RawClient client, String url, Credentials credentials) throws IOException {
        var asked = client.request("DESCRIBE", url).headers().getOrDefault("WWW-Authenticate", "");
        assertThat(asked).contains("SHA-256").doesNotContain("Basic");
        return AuthChallenge.best(List.of(asked.split("\n", -1)))
                .orElseThrow()
                .answer("DESCRIBE", url, credentials, "0123456789abcdef");
    }

    private static boolean isServed(int port) {
        try (var client = new RawClient(port)) {
            return client.request("OPTIONS", "*").status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int port(RawClient.Answer answer) {
        var found = SERVER_PORT.matcher(answer.headers().getOrDefault("Transport", ""));
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static boolean isFree(int port) {
        try (var socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }
}
