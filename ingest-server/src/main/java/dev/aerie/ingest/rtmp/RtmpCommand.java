package dev.aerie.ingest.rtmp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// A command of a client (RTMP, 7.2).
///
/// - `transaction`: the answer has the same; 0 where none is wanted
/// - `arguments`: what follows them, the command object first
record RtmpCommand(String name, double transaction, List<Amf0> arguments) {

    RtmpCommand {
        arguments = List.copyOf(arguments);
    }

    /// Reads the payload of a command message; its position stays.
    static RtmpCommand parse(ByteBuffer payload) throws MalformedRtmpException {
        var values = Amf0Reader.readAll(payload);
        if (values.size() < 2
                || !(values.get(0) instanceof Amf0.Text(String name))
                || !(values.get(1) instanceof Amf0.Numeric(double transaction))) {
            throw new MalformedRtmpException("a command without name and number (RTMP, 7.2)");
        }
        return new RtmpCommand(name, transaction, values.subList(2, values.size()));
    }

    /// The text among the arguments at this place; empty where there is none.
    Optional<String> text(int index) {
        return index < arguments.size() && arguments.get(index) instanceof Amf0.Text(String value)
                ? Optional.of(value)
                : Optional.empty();
    }

    /// The text of this name in the command object.
    Optional<String> field(String name) {
        return !arguments.isEmpty() && arguments.getFirst() instanceof Amf0.Fields fields
                ? fields.text(name)
                : Optional.empty();
    }
}
