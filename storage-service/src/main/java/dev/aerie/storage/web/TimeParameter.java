package dev.aerie.storage.web;

import dev.aerie.service.web.ProblemException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Times in requests: `2026-11-21T14:00:00Z` (RFC 3339) or Unix seconds, `1763712000.187`.
final class TimeParameter {

    static final String EXPECTED = "a time as 2026-11-21T14:00:00Z or in Unix seconds";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANO_DIGITS = 9;
    private static final int MAX_CHARACTERS = 64;

    private TimeParameter() {}

    /// Unix nanoseconds; `otherwise` if the parameter is missing. Throws [ProblemException] that names the field.
    static long nanos(String field, @Nullable String text, long otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        if (text.length() > MAX_CHARACTERS) {
            throw ProblemException.badRequest(field, EXPECTED);
        }
        try {
            return Character.isDigit(text.charAt(0)) && !text.contains("T")
                    ? seconds(text.strip()).movePointRight(NANO_DIGITS).longValueExact()
                    : nanos(OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant());
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            throw ProblemException.badRequest(field, EXPECTED);
        }
    }

    /// Like [#nanos], but throws [ProblemException] if the parameter is missing.
    static long required(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw ProblemException.badRequest(field, EXPECTED);
        }
        return nanos(field, text, 0);
    }

    /// The format of times in responses.
    static String text(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
                .toString();
    }

    /// Rejects exponents: converting `1e300000000` would take hours.
    private static BigDecimal seconds(String text) {
        if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw new NumberFormatException("an exponent");
        }
        return new BigDecimal(text);
    }

    private static long nanos(Instant moment) {
        return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS_PER_SECOND), moment.getNano());
    }
}
