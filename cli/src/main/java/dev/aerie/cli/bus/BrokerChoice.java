package dev.aerie.cli.bus;

import dev.aerie.host.Installation;
import dev.aerie.host.Ports;
import dev.aerie.messages.amqp.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The broker of a command: the one of `RABBITMQ_URL`, else that of a running demo, else RabbitMQ's default address.
///
/// A demo's broker has a new password each time; the demo writes its address to a file that only its user may read.
public final class BrokerChoice {

    public static final String DEFAULT = "amqp://guest:guest@127.0.0.1:5672";

    private static final Logger LOG = LoggerFactory.getLogger(BrokerChoice.class);
    private static final String OURS_ALONE = "rw-------";

    private BrokerChoice() {}

    public static String url(Map<String, String> environment, Installation installation) {
        String given = environment.getOrDefault("RABBITMQ_URL", "");
        if (!given.isEmpty()) {
            return given;
        }
        try {
            String left = Files.readString(noteOf(installation)).strip();
            var address = BrokerAddress.parse(left);
            return Ports.accepts(address.host(), address.port()) ? left : DEFAULT;
        } catch (IOException | IllegalArgumentException _) {
            return DEFAULT; // no demo runs
        }
    }

    /// Writes the address of a demo's broker; closing the returned note deletes it.
    public static Note leave(String url, Installation installation) throws IOException {
        Path file = noteOf(installation);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OURS_ALONE)));
        }
        Files.writeString(file, url);
        file.toFile().deleteOnExit();
        return new Note(file, url);
    }

    private static Path noteOf(Installation installation) {
        return installation.logs().resolveSibling("broker.url");
    }

    /// The file with the broker's address; another demo's file is not deleted.
    public record Note(Path file, String url) implements AutoCloseable {

        @Override
        public void close() {
            try {
                if (Files.exists(file) && Files.readString(file).equals(url)) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                LOG.debug("note of the broker not removed cause={}", e.getMessage());
            }
        }

        @Override
        public String toString() {
            return "note of a broker"; // its address has a password
        }
    }
}
