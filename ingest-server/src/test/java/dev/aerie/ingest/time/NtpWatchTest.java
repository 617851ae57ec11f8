package dev.aerie.ingest.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.testing.Eventually;
import dev.aerie.threads.ThreadFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.net.ntp.NtpV3Impl;
import org.apache.commons.net.ntp.TimeStamp;
import org.junit.jupiter.api.Test;

final class NtpWatchTest {

    private static final long AHEAD_MILLIS = 2_500;

    @Test
    void latest_serverAhead_isItsOffset() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var watch = watch(Optional.of(new NtpWatch.Server("127.0.0.1", socket.getLocalPort())))) {
            Thread.ofVirtual().start(() -> answerOnce(socket));
            watch.start();
            var measured = Eventually.gives("measured", watch::latest, Optional::isPresent)
                    .orElseThrow();
            assertThat(measured.offset().toMillis()).isCloseTo(AHEAD_MILLIS, within(500L));
            assertThat(watch.error()).isEmpty();
        }
    }

    /// A thread that died of the first would never measure again.
    @Test
    void measuring_thatFailsUnexpectedly_isTriedAgain() throws Exception {
        var calls = new AtomicInteger();
        InstantSource clock = () -> {
            if (calls.getAndIncrement() == 0) {
                throw new StackOverflowError("broken on purpose");
            }
            return Instant.EPOCH;
        };
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var watch = new NtpWatch(
                        Optional.of(new NtpWatch.Server("127.0.0.1", socket.getLocalPort())),
                        Duration.ofMinutes(1),
                        clock)) {
            Thread.ofVirtual().start(() -> {
                answerOnce(socket);
                answerOnce(socket);
            });
            watch.start();
            Eventually.gives("measured", watch::latest, Optional::isPresent);
            assertThat(ThreadFailures.counts().get("ntp")).isPositive();
        }
    }

    @Test
    void error_noServerSet_namesTheVariable() {
        try (var watch = watch(Optional.empty())) {
            watch.start();
            assertThat(watch.error()).contains("NTP_SERVER");
            assertThat(watch.latest()).isEmpty();
        }
    }

    @Test
    void parse_hostAndPort() {
        assertThat(NtpWatch.Server.parse("pool.ntp.org")).isEqualTo(new NtpWatch.Server("pool.ntp.org", 123));
        assertThat(NtpWatch.Server.parse("10.0.0.1:1123")).isEqualTo(new NtpWatch.Server("10.0.0.1", 1123));
    }

    private static NtpWatch watch(Optional<NtpWatch.Server> server) {
        return new NtpWatch(server, Duration.ofMinutes(1), InstantSource.system());
    }

    /// As RFC 5905, section 7.3: the client's transmit time comes back as the origin time.
    private static void answerOnce(DatagramSocket socket) {
        try {
            var packet = new DatagramPacket(new byte[48], 48);
            socket.receive(packet);
            var question = new NtpV3Impl();
            question.setDatagramPacket(packet);
            var answer = new NtpV3Impl();
            answer.setMode(4);
            answer.setVersion(3);
            answer.setStratum(1);
            var now = TimeStamp.getNtpTime(InstantSource.system().millis() + AHEAD_MILLIS);
            answer.setOriginateTimeStamp(question.getTransmitTimeStamp());
            answer.setReceiveTimeStamp(now);
            answer.setTransmitTime(now);
            var datagram = answer.getDatagramPacket();
            datagram.setSocketAddress(packet.getSocketAddress());
            socket.send(datagram);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
