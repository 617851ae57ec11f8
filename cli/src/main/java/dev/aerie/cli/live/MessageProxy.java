package dev.aerie.cli.live;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.aerie.cli.rerun.LogMessage;
import dev.aerie.cli.rerun.RrdWriter;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/// How messages go over the wire: as calls of Rerun's `rerun.sdk_comms.v1alpha1.MessageProxyService`, or as a file.
///
/// A call of gRPC has in front of each message whether it is compressed (1 byte) and its length (4 bytes, big endian).
/// `WriteMessagesRequest` and `ReadMessagesResponse` both have a `LogMsg` as field 1, which has the message as the
/// field of its kind.
final class MessageProxy {

    static final String SERVICE = "/rerun.sdk_comms.v1alpha1.MessageProxyService/";
    static final String WRITE = SERVICE + "WriteMessages";
    static final String READ = SERVICE + "ReadMessages";
    static final String GRPC = "application/grpc";
    static final String GRPC_WEB = "application/grpc-web";

    private static final int LOG_MESSAGE = 1;
    private static final int TRAILERS = 0x80;

    private MessageProxy() {}

    /// A message as part of a call.
    static Buffer call(LogMessage message) {
        ByteString request = field(LOG_MESSAGE, field(message.kind(), message.content()));
        return Buffer.buffer(1 + Integer.BYTES + request.size())
                .appendByte((byte) 0)
                .appendInt(request.size())
                .appendBytes(request.toByteArray());
    }

    /// What ends a call of gRPC-Web well.
    static Buffer webTrailers() {
        String trailers = "grpc-status:0\r\n";
        return Buffer.buffer()
                .appendByte((byte) TRAILERS)
                .appendInt(trailers.length())
                .appendString(trailers);
    }

    /// A message as part of a file.
    static Buffer file(LogMessage message) {
        return buffer(RrdWriter.framed(message));
    }

    static Buffer buffer(ByteString bytes) {
        return Buffer.buffer(bytes.toByteArray());
    }

    private static ByteString field(int number, ByteString content) {
        var bytes = ByteString.newOutput();
        var to = CodedOutputStream.newInstance(bytes);
        try {
            to.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            to.writeUInt32NoTag(content.size());
            to.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString().concat(content);
    }
}
