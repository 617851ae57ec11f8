package dev.aerie.messages.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aerie.messages.MalformedMessageException;
import dev.aerie.messages.Message;
import dev.aerie.messages.MessageType;
import dev.aerie.messages.Messages;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks what was really sent against the published JSON Schemas, and that the codec reads it. A module that uses
/// it needs `com.networknt:json-schema-validator` in test scope.
public final class MessageSchemas {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<MessageType, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private MessageSchemas() {}

    /// Fails unless `body` is a message of this schema (`aerie.pose/1`), or of one that this exchange carries; returns
    /// it. Throws [AssertionError] with every broken rule and the body.
    public static Message assertValid(String schemaOrExchange, byte[] body) {
        Message message = read(body);
        MessageType type = MessageType.of(message.getClass());
        if (!allowed(schemaOrExchange).contains(type)) {
            throw new AssertionError(
                    type.schema() + " is no message of " + schemaOrExchange + ": " + new String(body, UTF_8));
        }
        List<Error> errors = errors(type, new String(body, UTF_8));
        if (!errors.isEmpty()) {
            throw new AssertionError(errors.stream().map(Error::toString).collect(Collectors.joining("\n"))
                    + "\nin "
                    + new String(body, UTF_8));
        }
        return message;
    }

    /// The rules that `json` breaks.
    public static List<Error> errors(MessageType type, String json) {
        return SCHEMAS.computeIfAbsent(type, MessageSchemas::load).validate(json, InputFormat.JSON);
    }

    private static Schema load(MessageType type) {
        return REGISTRY.getSchema(
                SchemaLocation.of("classpath:" + type.schemaResource().substring(1)));
    }

    private static List<MessageType> allowed(String schemaOrExchange) {
        return Stream.concat(MessageType.ofSchema(schemaOrExchange).stream(), MessageType.on(schemaOrExchange).stream())
                .toList();
    }

    private static Message read(byte[] body) {
        try {
            return Messages.read(body);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e.getMessage() + " in " + new String(body, UTF_8), e);
        }
    }
}
