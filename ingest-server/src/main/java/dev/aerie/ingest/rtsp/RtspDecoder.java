package dev.aerie.ingest.rtsp;

import dev.aerie.rtsp.message.RtspMessage;
import dev.aerie.rtsp.message.RtspParser;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;

/// Splits a client's bytes into messages: a [RtspParser] on Netty's buffers. Packets get bytes of their own.
///
/// Headers may take 8 KiB and a body 64 KiB; more is answered with 413 and ends the connection.
final class RtspDecoder extends ByteToMessageDecoder {

    static final int MAX_HEADER_BYTES = 8 << 10;
    static final int MAX_BODY_BYTES = 64 << 10;

    private final RtspParser parser = RtspParser.ofServer(MAX_HEADER_BYTES, MAX_BODY_BYTES);

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        var bytes = in.nioBuffer();
        int start = bytes.position();
        var message = parser.next(bytes);
        in.skipBytes(bytes.position() - start);
        message.ifPresent(each -> out.add(each instanceof RtspMessage.Packet packet ? copyOf(packet) : each));
    }

    private static RtspMessage.Packet copyOf(RtspMessage.Packet packet) {
        var copy = ByteBuffer.allocate(packet.bytes().remaining());
        return new RtspMessage.Packet(packet.channel(), copy.put(packet.bytes()).flip());
    }
}
