package dev.aerie.messages.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.Messages;
import dev.aerie.messages.amqp.MessageHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Messages with something wrong in them, from a fixed seed: values of other kinds and sizes, fields gone, bytes
/// changed, texts cut. Some are still messages; whatever they are, they cost a reader nothing but themselves.
public final class TornMessages {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> WRONG_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "0.5",
            "1e400",
            "-1e300000000",
            "1e12345678901",
            "1e-300000000",
            "9223372036854775807",
            "-9223372036854775808",
            "123456789012345678901234567890",
            "\"\"",
            "\"../../x\"",
            "\"/etc/passwd\"",
            "\"a\\u0000b\"",
            "\"NaN\"",
            "\"" + "x".repeat(5000) + "\"",
            "[]",
            "{}",
            "[null]",
            "[[[[]]]]",
            "[".repeat(900) + "]".repeat(900),
            "[4294967296,4294967296,2147483647]",
            "[-1,0,1]");

    private final Random random;

    private TornMessages(long seed) {
        this.random = new Random(seed);
    }

    /// `count` bodies, made of the examples of every kind in turn.
    public static Stream<byte[]> of(long seed, int count) {
        var torn = new TornMessages(seed);
        var examples = ExampleMessages.all();
        return IntStream.range(0, count).mapToObj(i -> torn.tear(examples.get(i % examples.size())));
    }

    /// Gives bodies to a handler, each as if it came by any exchange; returns how many it took without a word. What it
    /// throws beside a refusal in words is thrown.
    public static int giveTo(MessageHandler handler, long seed, int count) {
        var bodies = Stream.concat(of(seed, count), always().stream()).toList();
        int taken = 0;
        for (int i = 0; i < bodies.size(); i++) {
            try {
                handler.accept(Exchanges.ALL.get(i % Exchanges.ALL.size()), bodies.get(i));
                taken++;
            } catch (MalformedMessageException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            } catch (RuntimeException | Error fault) {
                throw new AssertionError("thrown for " + new String(bodies.get(i), UTF_8), fault);
            }
        }
        return taken;
    }

    private byte[] tear(Message message) {
        String text = new String(Messages.write(message), UTF_8);
        for (int wounds = 1 + random.nextInt(2); wounds > 0; wounds--) {
            text = random.nextInt(3) > 0 ? withWrongValue(text) : withWrongLetters(text);
        }
        return text.getBytes(UTF_8);
    }

    /// Another value, or none, somewhere in the tree; what is no JSON any more is torn as text.
    private String withWrongValue(String text) {
        try {
            if (!(JSON.readTree(text) instanceof ObjectNode root)) {
                return withWrongLetters(text);
            }
            var places = new ArrayList<JsonNode>();
            collect(root, places);
            String marker = "\"@@\"";
            put(places.get(random.nextInt(places.size())), "@@");
            return root.toString().replace(marker, WRONG_VALUES.get(random.nextInt(WRONG_VALUES.size())));
        } catch (IOException _) {
            return withWrongLetters(text);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode() && !node.isEmpty()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private void put(JsonNode place, String value) {
        if (place instanceof ArrayNode list) {
            list.set(random.nextInt(list.size()), value);
        } else if (place instanceof ObjectNode object) {
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.put(name, value);
            }
        }
    }

    private String withWrongLetters(String text) {
        if (text.isEmpty()) {
            return "{";
        }
        int at = random.nextInt(text.length());
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at);
            case 2 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(9)));
            default -> text + text;
        };
    }

    /// The bodies that every reader must be able to refuse, whatever their seed.
    public static List<byte[]> always() {
        try {
            return List.of(
                    new byte[0],
                    new byte[] {0},
                    "null".getBytes(UTF_8),
                    "[]".getBytes(UTF_8),
                    "{}".getBytes(UTF_8),
                    JSON.writeValueAsBytes("text"),
                    ("{\"a\":".repeat(5000) + "1" + "}".repeat(5000)).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
