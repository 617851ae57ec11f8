package dev.aerie.ingest.rtmp;

import dev.aerie.ingest.rtsp.PublishRefusedException;
import dev.aerie.video.MalformedVideoException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection: answers its commands and owns its publication. Everything here runs on one event loop.
@SuppressWarnings("FutureReturnValueIgnored") // Netty's: nothing is left to do when a close fails.
final class RtmpConnection extends SimpleChannelInboundHandler<RtmpMessage> {

    /// Of a message, before its sender may publish.
    static final int MAX_COMMAND_BYTES = 16 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(RtmpConnection.class);
    private static final String APP = "live";
    private static final int STREAM_ID = 1;
    private static final int PING_REQUEST = 6;

    /// What a message has around its NAL units.
    private static final int FLV_HEAD_BYTES = 64;

    private final RtmpServerContext server;
    private final RtmpDecoder decoder;
    private final long openedNanos = System.nanoTime();
    private @Nullable RtmpPublication publication;
    private @Nullable Future<?> watch;
    private boolean connected;
    private boolean streamMade;
    private boolean closing;

    RtmpConnection(RtmpServerContext server, RtmpDecoder decoder) {
        super(RtmpMessage.class, false);
        this.server = server;
        this.decoder = decoder;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        watch = context.executor().scheduleAtFixedRate(() -> checkTime(context), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end("the connection was closed");
        var task = watch;
        if (task != null) {
            task.cancel(false);
        }
    }

    /// From a client that takes no answers nothing more is read.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, RtmpMessage message) throws IOException {
        switch (message.type()) {
            case RtmpMessage.COMMAND_AMF0 -> command(context, message.payload());
            case RtmpMessage.COMMAND_AMF3 -> command(context, behindMark(message.payload()));
            case RtmpMessage.USER_CONTROL -> userControl(context, message.payload());
            case RtmpMessage.VIDEO -> video(message);
            case RtmpMessage.AUDIO -> server.audioMessages().increment();
            default -> {} // Metadata, and what asks for nothing.
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (closing) {
            return; // Of what is still to be decoded.
        }
        var reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (reason instanceof MalformedRtmpException || reason instanceof MalformedVideoException) {
            server.malformed().increment();
            LOG.warn("rtmp ended remote={} cause={}", context.channel().remoteAddress(), reason.getMessage());
            close(context, String.valueOf(reason.getMessage()));
        } else if (reason instanceof IOException) {
            close(context, "the connection was lost");
        } else {
            LOG.error("connection failed remote={}", context.channel().remoteAddress(), cause);
            close(context, "internal error");
        }
    }

    /// Commands of AMF 3 are those of AMF 0 behind one byte.
    private static ByteBuffer behindMark(ByteBuffer payload) {
        return payload.position(Math.min(payload.limit(), 1));
    }

    private void command(ChannelHandlerContext context, ByteBuffer payload) throws MalformedRtmpException {
        var command = RtmpCommand.parse(payload);
        switch (command.name()) {
            case "connect" -> connect(context, command);
            case "createStream" -> createStream(context, command);
            case "publish" -> publish(context, command);
            case "releaseStream", "FCPublish" -> reply(context, command, new Amf0.Nothing(), new Amf0.Nothing());
            case "FCUnpublish", "deleteStream", "closeStream" -> end("the publisher ended it");
            case "play", "play2" -> refusePlay(context);
            default -> {} // Nobody waits for an answer to others.
        }
    }

    private void connect(ChannelHandlerContext context, RtmpCommand command) {
        String app = command.field("app").orElse("").split("[?/]", 2)[0];
        if (!app.equals(APP)) {
            refuse(
                    context,
                    RtmpAnswers.error(
                            context.alloc(),
                            command,
                            "NetConnection.Connect.InvalidApp",
                            "publish rtmp://HOST/live/STREAM"));
            return;
        }
        connected = true;
        send(context, RtmpAnswers.welcome(context.alloc()));
        reply(
                context,
                command,
                RtmpAnswers.server(),
                RtmpAnswers.status("status", "NetConnection.Connect.Success", "connected"));
    }

    private void createStream(ChannelHandlerContext context, RtmpCommand command) throws MalformedRtmpException {
        if (!connected || streamMade) {
            throw new MalformedRtmpException("one stream a connection, behind its connect (RTMP, 7.2)");
        }
        streamMade = true;
        reply(context, command, new Amf0.Nothing(), new Amf0.Numeric(STREAM_ID));
    }

    private void publish(ChannelHandlerContext context, RtmpCommand command) throws MalformedRtmpException {
        if (!streamMade || publication != null) {
            throw new MalformedRtmpException("publish comes once, behind createStream (RTMP, 7.2.2.6)");
        }
        var key = StreamKey.parse(command.text(1).orElse(""));
        try {
            server.admission().admit(key, address(context));
            begin(context, key.stream());
        } catch (RtmpRefusedException e) {
            LOG.warn("rtmp refused remote={} cause={}", context.channel().remoteAddress(), e.getMessage());
            refuse(context, status(context, "error", "NetStream.Publish.Denied", String.valueOf(e.getMessage())));
        } catch (PublishRefusedException e) {
            refuse(context, status(context, "error", "NetStream.Publish.BadName", String.valueOf(e.getMessage())));
        }
    }

    private void begin(ChannelHandlerContext context, String stream) throws PublishRefusedException {
        int maxUnitBytes = server.config().maxUnitBytes();
        var opened = server.publishers().open(stream, address(context).getHostAddress());
        publication = new RtmpPublication(opened, new FlvVideo(stream, maxUnitBytes));
        decoder.allow(maxUnitBytes + FLV_HEAD_BYTES);
        LOG.info("publisher began stream={} protocol=rtmp", stream);
        send(context, status(context, "status", "NetStream.Publish.Start", "publishing"));
    }

    private static void refusePlay(ChannelHandlerContext context) {
        refuse(
                context,
                status(context, "error", "NetStream.Play.Failed", "streams are read by RTSP, HLS, WebRTC, WebSocket"));
    }

    private void userControl(ChannelHandlerContext context, ByteBuffer payload) {
        if (payload.remaining() >= Short.BYTES + Integer.BYTES && payload.getShort() == PING_REQUEST) {
            send(context, RtmpAnswers.pong(context.alloc(), payload.getInt()));
        }
    }

    private void video(RtmpMessage message) throws MalformedRtmpException, MalformedVideoException {
        var current = publication;
        if (current != null) {
            current.video(message);
        }
    }

    private void checkTime(ChannelHandlerContext context) {
        var current = publication;
        var config = server.config();
        long now = System.nanoTime();
        if (current == null && now - openedNanos > config.publishWithin().toNanos()) {
            close(context, "nothing was published in time");
        } else if (current != null
                && now - current.lastVideoNanos() > config.silence().toNanos()) {
            close(context, "silent for " + config.silence().toMillis() + " ms");
        }
    }

    private void end(String cause) {
        var ending = publication;
        if (ending != null) {
            ending.end(cause);
        }
    }

    private void close(ChannelHandlerContext context, String cause) {
        closing = true;
        end(cause);
        context.close();
    }

    private static ByteBuf status(ChannelHandlerContext context, String level, String code, String description) {
        return RtmpAnswers.onStatus(context.alloc(), STREAM_ID, level, code, description);
    }

    private static void reply(ChannelHandlerContext context, RtmpCommand command, Amf0... values) {
        send(context, RtmpAnswers.result(context.alloc(), command, values));
    }

    private static void send(ChannelHandlerContext context, ByteBuf answer) {
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /// The last answer of a connection.
    private static void refuse(ChannelHandlerContext context, ByteBuf answer) {
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }

    private static InetAddress address(ChannelHandlerContext context) {
        return ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    }
}
