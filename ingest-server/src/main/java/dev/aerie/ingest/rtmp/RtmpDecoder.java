package dev.aerie.ingest.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Reads the messages of a connection, obeys those about the chunks themselves, and acknowledges bytes (RTMP, 5.4).
final class RtmpDecoder extends ByteToMessageDecoder {

    /// Before the client says how many it sends without an acknowledgement.
    private static final int FIRST_WINDOW_BYTES = 1 << 20;

    private final ChunkReader chunks;
    private long receivedBytes;
    private long acknowledgedBytes;
    private long windowBytes = FIRST_WINDOW_BYTES;

    /// - `maxMessageBytes`: of the largest message, until [#allow]
    RtmpDecoder(int maxMessageBytes) {
        chunks = new ChunkReader(maxMessageBytes);
    }

    /// Messages that begin later may be so large.
    void allow(int maxMessageBytes) {
        chunks.allow(maxMessageBytes);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws MalformedRtmpException {
        int before = in.readerIndex();
        Optional<RtmpMessage> message = chunks.read(in);
        receivedBytes += in.readerIndex() - before;
        acknowledge(context);
        if (message.isPresent() && !isAboutChunks(message.get())) {
            out.add(message.get());
        }
    }

    private boolean isAboutChunks(RtmpMessage message) throws MalformedRtmpException {
        var payload = message.payload().duplicate();
        switch (message.type()) {
            case RtmpMessage.SET_CHUNK_SIZE -> chunks.setChunkBytes(number(payload));
            case RtmpMessage.ABORT -> chunks.abort(number(payload));
            case RtmpMessage.WINDOW_ACKNOWLEDGEMENT_SIZE -> windowBytes = Math.max(1, number(payload));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int number(ByteBuffer payload) throws MalformedRtmpException {
        if (payload.remaining() < Integer.BYTES) {
            throw new MalformedRtmpException("a control message without its number (RTMP, 5.4)");
        }
        return payload.getInt();
    }

    /// At half of the window, so that no client has to wait.
    @SuppressWarnings("FutureReturnValueIgnored") // Netty's: a write that fails closes the connection.
    private void acknowledge(ChannelHandlerContext context) {
        if (receivedBytes - acknowledgedBytes > windowBytes / 2) {
            acknowledgedBytes = receivedBytes;
            context.writeAndFlush(RtmpAnswers.acknowledgement(context.alloc(), (int) receivedBytes));
        }
    }
}
