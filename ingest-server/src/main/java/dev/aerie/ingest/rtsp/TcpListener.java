package dev.aerie.ingest.rtsp;

import dev.aerie.limits.Places;
import dev.aerie.service.web.ConnectionLimit;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for clients and serves those for whom there is a place; the others are closed as they come.
///
/// - `loops`: own each connection
/// - `connections`: those that are served
public record TcpListener(EventLoopGroup loops, Places places, ChannelGroup connections) {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);
    private static final int REFUSED_PER_LOG_LINE = 1000;

    /// Listens; throws [IOException] if the address is taken or not ours.
    ///
    /// - `options`: adds what this protocol's sockets need
    /// - `serve`: fills the pipeline of a client that has a place
    public Channel listen(String host, int port, UnaryOperator<ServerBootstrap> options, Consumer<SocketChannel> serve)
            throws IOException {
        var bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childAttr(ConnectionLimit.COUNTED_ELSEWHERE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        admit(channel, serve);
                    }
                });
        var bound = options.apply(bootstrap).bind(host, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("cannot listen on " + host + ":" + port, bound.cause());
        }
        return bound.channel();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Netty's: nothing is left to do when a close fails.
    private void admit(SocketChannel channel, Consumer<SocketChannel> serve) {
        var remote = channel.remoteAddress();
        if (remote == null || !places.enter(remote.getAddress())) {
            long refused = places.refused();
            if (refused % REFUSED_PER_LOG_LINE == 1) {
                LOG.warn("connections refused remote={} cause=too many are open refused={}", remote, refused);
            }
            channel.close();
            return;
        }
        channel.closeFuture().addListener(_ -> places.leave(remote.getAddress()));
        connections.add(channel);
        serve.accept(channel);
    }
}
