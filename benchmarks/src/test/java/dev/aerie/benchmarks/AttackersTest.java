package dev.aerie.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.benchmarks.Attackers.Kind;
import dev.aerie.messages.testing.Eventually;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class AttackersTest {

    /// Servers that accept and never answer.
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "127.0.1.x are addresses of the machine on Linux alone")
    void start_allKinds_connectUntilTheyAreClosed() throws Exception {
        try (var http = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
                var rtsp = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
                var attackers = Attackers.start(
                        URI.create("http://127.0.0.1:" + http.getLocalPort()), rtsp.getLocalPort(), "drone")) {
            Eventually.holds(
                    "all kinds",
                    () -> attackers.connections().size() == Kind.values().length
                            && attackers.connections().values().stream().allMatch(count -> count >= 5));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("attacker-"));
    }
}
