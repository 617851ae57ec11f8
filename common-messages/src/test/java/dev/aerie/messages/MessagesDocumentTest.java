package dev.aerie.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.messages.amqp.InspectQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/messages.md shows every message as it is, and names every exchange.
final class MessagesDocumentTest {

    private static final Path GOLDEN = Path.of("src/test/golden/Messages");

    private final String document = read(Path.of(System.getProperty("aerie.root"), "docs", "messages.md"));

    @Test
    void document_showsEveryGoldenBody() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(document)
                            .as(file.toString())
                            .contains("```json\n" + read(file).strip() + "\n```"));
        }
    }

    @Test
    void document_namesEveryExchangeSchemaAndTheirFrames() {
        for (MessageType type : MessageType.values()) {
            assertThat(document).contains("`" + type.schema() + "`", "### `" + type.exchange() + "`");
        }
        assertThat(document).contains(InspectQueues.queueOf("<exchange>"));
        Stream.of("rabbitmq-queues.png", "rabbitmq-message.png").forEach(frame -> {
            assertThat(document).contains("(images/" + frame + ")");
            assertThat(Path.of(System.getProperty("aerie.root"), "docs", "images", frame))
                    .exists();
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }
}
