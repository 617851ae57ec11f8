package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes messages as JSON and reads them back: snake_case, UTF-8, what is unknown ignored, what is null left out.
///
/// Stateless to its users and safe for any number of threads.
public final class Messages {

    /// The content type of every message.
    public static final String CONTENT_TYPE = "application/json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// Jackson lets this one through: an exponent of eleven digits or more.
    private static final String BEYOND_NUMBERS = "invalid JSON: a number whose exponent is beyond all numbers";

    private Messages() {}

    /// One JSON object without line breaks.
    public static byte[] write(Message message) {
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + message.schema(), e);
        }
    }

    /// Reads whichever message this is; throws [MalformedMessageException] for a schema not known here.
    public static Message read(byte[] body) throws MalformedMessageException {
        JsonNode tree = parse(body);
        return bind(tree, typeOf(schemaOf(tree)));
    }

    /// Reads a message that must be a `record`; throws [MalformedMessageException] if it is another one.
    public static <T extends Message> T read(Class<T> record, byte[] body) throws MalformedMessageException {
        JsonNode tree = parse(body);
        MessageType type = MessageType.of(record);
        if (!type.schema().equals(schemaOf(tree))) {
            throw new MalformedMessageException(
                    "schema: expected '" + type.schema() + "', was '" + schemaOf(tree) + "'");
        }
        return record.cast(bind(tree, type));
    }

    /// Reads schema and envelope only. The message's own fields must be JSON; their values are not examined. Throws
    /// [MalformedMessageException] for a schema not known here.
    public static MessageHeader readHeader(String json) throws MalformedMessageException {
        String schema = bind(json, SchemaOnly.class).schema();
        if (schema == null) {
            throw new MalformedMessageException("schema is missing");
        }
        return new MessageHeader(typeOf(schema), bind(json, Envelope.class));
    }

    private record SchemaOnly(@Nullable String schema) {}

    private static JsonNode parse(byte[] body) throws MalformedMessageException {
        try {
            JsonNode tree = JSON.readTree(body);
            if (!tree.isObject()) {
                throw new MalformedMessageException("a message is a JSON object, was " + tree.getNodeType());
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("invalid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedMessageException("invalid JSON: " + e.getMessage(), e);
        } catch (NumberFormatException e) {
            throw new MalformedMessageException(BEYOND_NUMBERS, e);
        }
    }

    private static String schemaOf(JsonNode tree) throws MalformedMessageException {
        JsonNode schema = tree.path("schema");
        if (!schema.isTextual()) {
            throw new MalformedMessageException("schema is missing");
        }
        return schema.textValue();
    }

    private static MessageType typeOf(String schema) throws MalformedMessageException {
        return MessageType.ofSchema(schema)
                .orElseThrow(() -> new MalformedMessageException("schema: '" + schema + "' is not known"));
    }

    private static <T> T bind(String json, Class<T> record) throws MalformedMessageException {
        try {
            T value = JSON.readValue(json, record);
            if (value == null) {
                throw new MalformedMessageException("a message is a JSON object, was null");
            }
            return value;
        } catch (JsonMappingException e) {
            throw new MalformedMessageException(reason(e), e);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException("invalid JSON: " + e.getOriginalMessage(), e);
        } catch (NumberFormatException e) {
            throw new MalformedMessageException(BEYOND_NUMBERS, e);
        }
    }

    private static Message bind(JsonNode tree, MessageType type) throws MalformedMessageException {
        try {
            return JSON.treeToValue(tree, type.record());
        } catch (JsonMappingException e) {
            throw new MalformedMessageException(type.schema() + ": " + reason(e), e);
        } catch (JsonProcessingException e) {
            throw new MalformedMessageException(type.schema() + ": " + e.getOriginalMessage(), e);
        }
    }

    /// A record's own words name the field; Jackson's need the path in front.
    private static String reason(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() != null ? step.getFieldName() : Integer.toString(step.getIndex()))
                .collect(Collectors.joining("."));
        String words = e.getCause() instanceof IllegalArgumentException cause
                ? String.valueOf(cause.getMessage())
                : e.getOriginalMessage();
        return path.isEmpty() ? words : path + ": " + words;
    }
}
