package dev.aerie.ingest.rtmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Map;

/// Writes the values of AMF 0 that our answers have.
final class Amf0Writer {

    private Amf0Writer() {}

    static void write(ByteBuf out, Amf0 value) {
        switch (value) {
            case Amf0.Numeric(double number) -> out.writeByte(Amf0Reader.NUMBER).writeDouble(number);
            case Amf0.Bool(boolean bool) -> out.writeByte(Amf0Reader.BOOL).writeBoolean(bool);
            case Amf0.Text(String text) -> text(out.writeByte(Amf0Reader.TEXT), text);
            case Amf0.Fields(Map<String, Amf0> fields) -> fields(out.writeByte(Amf0Reader.OBJECT), fields);
            case Amf0.Nothing() -> out.writeByte(Amf0Reader.NULL);
            case Amf0.Items _ -> throw new IllegalArgumentException("answers have no arrays");
        }
    }

    private static void fields(ByteBuf out, Map<String, Amf0> fields) {
        fields.forEach((name, value) -> {
            text(out, name);
            write(out, value);
        });
        out.writeShort(0).writeByte(Amf0Reader.OBJECT_END);
    }

    /// At most 65,535 bytes, which all our texts are shorter than.
    private static void text(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeShort(bytes.length).writeBytes(bytes);
    }
}
