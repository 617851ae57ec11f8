package dev.aerie.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.testing.ExampleMessages;
import dev.aerie.messages.testing.MessageSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The published description of the bus says what the code does.
final class AsyncApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document = document();

    @Test
    void channels_areTheExchanges() {
        assertThat(channels().map(channel -> channel.path("address").textValue()))
                .containsExactlyInAnyOrderElementsOf(Exchanges.ALL);
    }

    @Test
    void bindings_sayDurableFanout() {
        assertThat(channels()).allSatisfy(channel -> {
            JsonNode exchange = channel.at("/bindings/amqp/exchange");
            assertThat(exchange.path("name")).isEqualTo(channel.path("address"));
            assertThat(exchange.path("type").textValue()).isEqualTo("fanout");
            assertThat(exchange.path("durable").booleanValue()).isTrue();
        });
    }

    @Test
    void references_leadSomewhere() {
        List<JsonNode> references = document.findValues("$ref");
        assertThat(references).hasSizeGreaterThan(20).allSatisfy(reference -> {
            String target = reference.textValue();
            boolean found = target.startsWith("#")
                    ? !document.at(target.substring(1)).isMissingNode()
                    : getClass().getResource(target) != null;
            assertThat(found).as(target).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void message_standsOnItsExchangeWithItsSchema(MessageType type) {
        JsonNode channel = channels()
                .filter(one -> one.path("address").textValue().equals(type.exchange()))
                .findFirst()
                .orElseThrow();
        String key = keyOf(type);
        assertThat(channel.path("messages").has(key)).isTrue();
        assertThat(message(type).path("name").textValue()).isEqualTo(type.schema());
        assertThat(type.schemaResource())
                .endsWith("/" + message(type).at("/payload/$ref").textValue());
    }

    @ParameterizedTest
    @EnumSource
    void example_isValidAndIsWhatTheCodecWrites(MessageType type) throws IOException {
        JsonNode example = message(type).at("/examples/0/payload");
        Message written = ExampleMessages.all().stream()
                .filter(message -> type.record().isInstance(message))
                .findFirst()
                .orElseThrow();
        assertThat(MessageSchemas.assertValid(type.schema(), JSON.writeValueAsBytes(example)))
                .isEqualTo(written);
    }

    @ParameterizedTest
    @EnumSource
    void page_namesEveryMessageBesideItsExchange(MessageType type) throws IOException {
        Path page = Path.of(System.getProperty("aerie.root"), "docs", "messages.md");
        assertThat(Files.readAllLines(page))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("| `" + type.exchange() + "` |")
                        .contains("`" + type.schema() + "`"));
    }

    private Stream<JsonNode> channels() {
        return document.path("channels").valueStream();
    }

    private JsonNode message(MessageType type) {
        return document.path("components").path("messages").path(keyOf(type));
    }

    private static String keyOf(MessageType type) {
        return type.schema().substring("aerie.".length(), type.schema().indexOf('/'));
    }

    private static JsonNode document() {
        try (InputStream document = AsyncApiTest.class.getResourceAsStream("asyncapi.json")) {
            return JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
