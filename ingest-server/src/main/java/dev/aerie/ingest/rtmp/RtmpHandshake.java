package dev.aerie.ingest.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.random.RandomGenerator;

/// The handshake in front of the messages (RTMP, 5.2), without the digest that only players of copied films asked for:
/// every publisher takes the answer of a server whose version is 0. It leaves the pipeline when it is done.
final class RtmpHandshake extends ByteToMessageDecoder {

    static final int VERSION = 3;
    static final int PACKET_BYTES = 1536;

    private static final int TIMES_BYTES = 8;
    private static final int FIRST_UNREADABLE_VERSION = 32;

    private final RandomGenerator random;
    private boolean answered;

    RtmpHandshake(RandomGenerator random) {
        this.random = random;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Netty's: a write that fails closes the connection.
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws MalformedRtmpException {
        if (!answered && in.isReadable()) {
            int version = in.getUnsignedByte(in.readerIndex());
            if (version < VERSION || version >= FIRST_UNREADABLE_VERSION) {
                throw new MalformedRtmpException("version " + version + ", want 3 (RTMP, 5.2.2)");
            }
        }
        if (!answered && in.readableBytes() > PACKET_BYTES) {
            in.skipBytes(1);
            context.writeAndFlush(answer(context, in.readSlice(PACKET_BYTES)));
            answered = true;
        }
        if (answered && in.readableBytes() >= PACKET_BYTES) {
            in.skipBytes(PACKET_BYTES); // A copy of ours, which proves nothing.
            context.pipeline().remove(this);
        }
    }

    /// Version, our packet, theirs again.
    private ByteBuf answer(ChannelHandlerContext context, ByteBuf theirs) {
        var own = new byte[PACKET_BYTES - TIMES_BYTES];
        random.nextBytes(own);
        return context.alloc()
                .buffer(1 + 2 * PACKET_BYTES)
                .writeByte(VERSION)
                .writeLong(0)
                .writeBytes(own)
                .writeBytes(theirs);
    }
}
