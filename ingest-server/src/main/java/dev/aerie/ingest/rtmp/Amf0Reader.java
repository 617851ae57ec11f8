package dev.aerie.ingest.rtmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads values of AMF 0. Bounded in depth; in size by the message.
final class Amf0Reader {

    static final int NUMBER = 0;
    static final int BOOL = 1;
    static final int TEXT = 2;
    static final int OBJECT = 3;
    static final int NULL = 5;
    static final int OBJECT_END = 9;

    private static final int UNDEFINED = 6;
    private static final int ECMA_ARRAY = 8;
    private static final int STRICT_ARRAY = 10;
    private static final int DATE = 11;
    private static final int LONG_TEXT = 12;
    private static final int TIME_ZONE_BYTES = 2;
    private static final int MAX_DEPTH = 8;

    private final ByteBuffer in;

    private Amf0Reader(ByteBuffer in) {
        this.in = in;
    }

    /// All values of a message; its position stays. Throws [MalformedRtmpException] where they end in the middle, nest
    /// too deeply or are of a type that no command has.
    static List<Amf0> readAll(ByteBuffer message) throws MalformedRtmpException {
        var reader = new Amf0Reader(message.duplicate());
        var values = new ArrayList<Amf0>();
        try {
            while (reader.in.hasRemaining()) {
                values.add(reader.value(0));
            }
        } catch (BufferUnderflowException _) {
            throw new MalformedRtmpException("a command ends in the middle of a value (AMF 0)");
        }
        return values;
    }

    private Amf0 value(int depth) throws MalformedRtmpException {
        if (depth > MAX_DEPTH) {
            throw new MalformedRtmpException("values nest more than " + MAX_DEPTH + " deep (AMF 0)");
        }
        int type = in.get() & 0xff;
        return switch (type) {
            case NUMBER -> new Amf0.Numeric(in.getDouble());
            case BOOL -> new Amf0.Bool(in.get() != 0);
            case TEXT -> new Amf0.Text(text(in.getShort() & 0xffff));
            case LONG_TEXT -> new Amf0.Text(text(in.getInt()));
            case OBJECT -> fields(depth);
            case ECMA_ARRAY -> {
                in.getInt(); // The number of fields, which their end tells, too.
                yield fields(depth);
            }
            case STRICT_ARRAY -> items(in.getInt(), depth);
            case NULL, UNDEFINED -> new Amf0.Nothing();
            case DATE -> date();
            default -> throw new MalformedRtmpException("a value of type " + type + " (AMF 0)");
        };
    }

    private Amf0 fields(int depth) throws MalformedRtmpException {
        Map<String, Amf0> fields = new HashMap<>();
        while (true) {
            String name = text(in.getShort() & 0xffff);
            if (name.isEmpty() && in.hasRemaining() && in.get(in.position()) == OBJECT_END) {
                in.get();
                return new Amf0.Fields(fields);
            }
            fields.put(name, value(depth + 1));
        }
    }

    private Amf0 items(int count, int depth) throws MalformedRtmpException {
        List<Amf0> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(value(depth + 1));
        }
        return new Amf0.Items(items);
    }

    private Amf0 date() {
        in.getDouble();
        in.position(Math.min(in.limit(), in.position() + TIME_ZONE_BYTES));
        return new Amf0.Nothing();
    }

    private String text(int bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var text = new byte[bytes];
        in.get(text);
        return new String(text, UTF_8);
    }
}
