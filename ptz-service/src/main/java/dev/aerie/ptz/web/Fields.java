package dev.aerie.ptz.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aerie.messages.InvalidFieldException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON body. Each method throws [InvalidFieldException] that names the field and what was expected.
///
/// - `body`: an object
record Fields(JsonNode body) {

    static final String DEFAULT_OPERATOR = "operator";

    private static final Pattern OPERATOR = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,39}");

    static Fields of(@Nullable JsonNode body) {
        JsonNode given = body == null ? JsonNodeFactory.instance.objectNode() : body;
        if (!given.isObject()) {
            throw new InvalidFieldException("body", "a JSON object");
        }
        return new Fields(given);
    }

    boolean has(String name) {
        return body.hasNonNull(name);
    }

    Fields object(String name) {
        JsonNode value = body.path(name);
        if (!value.isObject()) {
            throw new InvalidFieldException(name, "a JSON object");
        }
        return new Fields(value);
    }

    List<Fields> objects(String name) {
        JsonNode value = body.path(name);
        if (!value.isArray()) {
            throw new InvalidFieldException(name, "a list");
        }
        var objects = new ArrayList<Fields>();
        value.forEach(one -> objects.add(of(one)));
        return List.copyOf(objects);
    }

    double number(String name, double min, double max) {
        JsonNode value = body.path(name);
        double number = value.isNumber() ? value.asDouble() : Double.NaN;
        if (!(number >= min && number <= max)) {
            throw new InvalidFieldException(name, "a number from " + min + " to " + max);
        }
        return number;
    }

    double numberOr(String name, double min, double max, double otherwise) {
        return has(name) ? number(name, min, max) : otherwise;
    }

    long wholeNumber(String name) {
        JsonNode value = body.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new InvalidFieldException(name, "a whole number >= 0");
        }
        return value.asLong();
    }

    String text(String name, int maxLength) {
        JsonNode value = body.path(name);
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > maxLength) {
            throw new InvalidFieldException(name, "a text of 1 to " + maxLength + " characters");
        }
        return value.asText();
    }

    Optional<String> optionalText(String name, int maxLength) {
        return has(name) ? Optional.of(text(name, maxLength)) : Optional.empty();
    }

    /// Who asks, as others are told.
    String operator() {
        return operator(has(DEFAULT_OPERATOR) ? body.path(DEFAULT_OPERATOR).asText() : DEFAULT_OPERATOR);
    }

    static String operator(String name) {
        if (!OPERATOR.matcher(name).matches()) {
            throw new InvalidFieldException(DEFAULT_OPERATOR, "a name of 1 to 40 letters, digits, spaces and . _ @ -");
        }
        return name;
    }
}
