package dev.aerie.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;

/// A moment on the wire: Unix seconds as a decimal number, exact to the millisecond: `1763712000.187`.
final class Seconds {

    private static final int MILLIS = 3;

    /// A number of seconds has no more digits; one with an exponent beyond would be written out digit by digit.
    private static final int MAX_DIGITS = 40;

    private Seconds() {}

    static final class Writer extends StdScalarSerializer<Instant> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(BigDecimal.valueOf(value.toEpochMilli(), MILLIS).toPlainString());
        }
    }

    static final class Reader extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonToken token = json.currentToken();
            if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
                return (Instant) context.handleUnexpectedToken(Instant.class, json);
            }
            BigDecimal seconds = json.getDecimalValue();
            if (seconds.precision() > MAX_DIGITS || Math.abs((long) seconds.scale()) > MAX_DIGITS) {
                return (Instant) context.handleWeirdNumberValue(Instant.class, json.getNumberValue(), "no Unix time");
            }
            try {
                BigDecimal millis = seconds.movePointRight(MILLIS);
                return Instant.ofEpochMilli(
                        millis.setScale(0, RoundingMode.HALF_UP).longValueExact());
            } catch (ArithmeticException | DateTimeException e) {
                return (Instant) context.handleWeirdNumberValue(Instant.class, json.getNumberValue(), "no Unix time");
            }
        }
    }
}
