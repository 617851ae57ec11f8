package dev.aerie.cli.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.host.Installation;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerChoiceTest {

    @TempDir
    Path root;

    @Test
    void url_givenByTheVariable_isTaken() {
        assertThat(BrokerChoice.url(Map.of("RABBITMQ_URL", "amqp://broker"), installation()))
                .isEqualTo("amqp://broker");
    }

    @Test
    void url_demoRuns_isItsOneAndAfterwardsTheUsual() throws Exception {
        try (var listens = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "amqp://guest:s3cret@127.0.0.1:" + listens.getLocalPort();
            try (var note = BrokerChoice.leave(url, installation())) {
                assertThat(BrokerChoice.url(Map.of(), installation())).isEqualTo(url);
                assertThat(Files.getPosixFilePermissions(note.file()))
                        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            }
            assertThat(BrokerChoice.url(Map.of(), installation())).isEqualTo(BrokerChoice.DEFAULT);
        }
    }

    @Test
    void url_demoWasKilled_isTheUsual() throws Exception {
        int gone;
        try (var listened = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = listened.getLocalPort();
        }
        try (var _ = BrokerChoice.leave("amqp://guest:s3cret@127.0.0.1:" + gone, installation())) {
            assertThat(BrokerChoice.url(Map.of(), installation())).isEqualTo(BrokerChoice.DEFAULT);
        }
    }

    private Installation installation() {
        return new Installation(root);
    }
}
