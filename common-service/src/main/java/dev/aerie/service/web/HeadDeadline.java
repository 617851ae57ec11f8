package dev.aerie.service.web;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Closes HTTP connections on which the head of a request does not come whole in time. Vert.x has no such limit: a
/// client that sends a byte a minute would keep its connection for ever. Netty adds this to each connection that a
/// server of the process accepts; those that are not HTTP are left alone.
///
/// The time begins when a connection is accepted, and with the first byte after an answer. Of HTTP/2 the first head
/// alone is waited for.
public final class HeadDeadline extends ChannelInitializerExtension {

    private static final AttributeKey<Connection> CONNECTION = AttributeKey.valueOf(HeadDeadline.class, "connection");

    /// Of all HTTP servers of this process.
    private static final AtomicLong LIMIT_MILLIS = new AtomicLong(30_000);

    /// Tells Netty to load this, which it does when the first server of the process binds.
    static void install(Duration limit) {
        LIMIT_MILLIS.set(limit.toMillis());
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        var connection = new Connection();
        channel.attr(CONNECTION).set(connection);
        channel.pipeline().addFirst(connection);
    }

    /// The head of a request is there. On the connection's event loop.
    static void arrived(HttpServerRequest request) {
        var connection = of(request);
        if (connection != null) {
            connection.heads++;
            connection.awaitsHead = false;
        }
    }

    /// The request is answered, the next head may come. On the connection's event loop.
    static void answered(HttpServerRequest request) {
        var connection = of(request);
        if (connection != null) {
            connection.awaitsHead = !connection.isHttp2;
        }
    }

    private static @Nullable Connection of(HttpServerRequest request) {
        return request.connection() instanceof ConnectionBase base
                ? base.channel().attr(CONNECTION).get()
                : null;
    }

    /// Used by its event loop alone.
    private static final class Connection extends ChannelInboundHandlerAdapter {

        private boolean awaitsHead;
        private boolean isHttp2;
        private long heads;

        @Override
        public void channelActive(ChannelHandlerContext context) throws Exception {
            await(context);
            super.channelActive(context);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (awaitsHead) {
                awaitsHead = false;
                await(context);
            }
            super.channelRead(context, message);
        }

        private void await(ChannelHandlerContext context) {
            long before = heads;
            var _ = context.executor()
                    .schedule(() -> closeUnlessCame(context, before), LIMIT_MILLIS.get(), TimeUnit.MILLISECONDS);
        }

        private void closeUnlessCame(ChannelHandlerContext context, long before) {
            var pipeline = context.pipeline();
            isHttp2 = pipeline.get(Http2ConnectionHandler.class) != null;
            boolean isHttp = isHttp2
                    || pipeline.get(HttpRequestDecoder.class) != null
                    || pipeline.get(Http1xOrH2CHandler.class) != null; // before the first bytes tell the version
            if (isHttp && heads == before) {
                var _ = context.close();
            }
        }
    }
}
