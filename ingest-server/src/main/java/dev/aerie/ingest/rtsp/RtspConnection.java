package dev.aerie.ingest.rtsp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/// One client's connection: answers its requests in order.
final class RtspConnection extends SimpleChannelInboundHandler<RtspMessage> {

    private static final String METHODS =
            "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER, ANNOUNCE, RECORD";

    private final ServerParts parts;

    RtspConnection(ServerParts parts) {
        super(RtspMessage.class);
        this.parts = parts;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RtspMessage message) {
        switch (message) {
            case RtspMessage.Interleaved frame -> frame.payload().release();
            case RtspMessage.Malformed malformed -> refuse(context, malformed);
            case RtspMessage.Request request -> answer(context, request);
        }
    }

    private void answer(ChannelHandlerContext context, RtspMessage.Request request) {
        var response = request.method().equals("OPTIONS")
                ? RtspResponse.ok().header("Public", METHODS)
                : RtspResponse.refused(501, request.method() + " is not implemented");
        context.writeAndFlush(Unpooled.wrappedBuffer(
                        response.encode(request.header("CSeq").orElse("0"))))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private void refuse(ChannelHandlerContext context, RtspMessage.Malformed malformed) {
        parts.countMalformed();
        var response = RtspResponse.refused(malformed.status(), malformed.reason());
        var written = context.writeAndFlush(
                Unpooled.wrappedBuffer(response.encode(malformed.cseq().orElse("0"))));
        written.addListener(malformed.fatal() ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
