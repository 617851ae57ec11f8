package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.relay.Relay;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The fleet's RTSP 1.0 server: whoever PLAYs reads a stream of the [Relay], whoever RECORDs is handed to the
/// [PublishHandler].
///
/// Owns its threads and sockets. One event loop owns a connection with all that belongs to it.
public final class RtspServer implements AutoCloseable {

    private static final long CLOSE_MILLIS = 5_000;

    private final RtspServerConfig config;
    private final RtspServerContext context;
    private final NioEventLoopGroup loops;
    private final LoopHeartbeat heartbeat;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private volatile @Nullable Channel listener;
    private volatile @Nullable Channel tlsListener;

    /// Prepares a server; it listens from [#start] on.
    public RtspServer(RtspServerConfig config, Relay relay, PublishHandler publishers, InstantSource clock) {
        this.config = config;
        this.context = new RtspServerContext(config, relay, publishers, clock);
        this.loops = new NioEventLoopGroup(config.threads(), new DefaultThreadFactory("rtsp", true));
        this.heartbeat = new LoopHeartbeat(loops);
    }

    /// Listens; throws [IOException] if the address is taken or not ours.
    public void start() throws IOException {
        listener = listen(config.bindHost(), config.port(), Optional.empty());
        if (config.tls().isPresent()) {
            var tls = config.tls().get();
            tlsListener = listen(tls.bindHost(), tls.port(), config.tls());
        }
    }

    private Channel listen(String host, int port, Optional<RtspTls> tls) throws IOException {
        return new TcpListener(loops, context.places(), connections).listen(host, port, this::withOptions, channel -> {
            tls.ifPresent(secure -> channel.pipeline().addLast(secure.newHandler()));
            channel.pipeline().addLast(new RtspDecoder(), new RtspConnection(context));
        });
    }

    private ServerBootstrap withOptions(ServerBootstrap bootstrap) {
        return bootstrap
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.SO_SNDBUF, config.limits().socketBufferBytes());
    }

    /// The TCP port it listens on; throws [IllegalStateException] before [#start] and after [#close].
    public int port() {
        return port(listener);
    }

    /// Whether it serves RTSPS, too.
    public boolean hasTls() {
        return config.tls().isPresent();
    }

    /// The TCP port at which it listens for RTSPS; throws [IllegalStateException] before [#start], after
    /// [#close], and without TLS.
    public int tlsPort() {
        return port(tlsListener);
    }

    private static int port(@Nullable Channel channel) {
        if (channel == null || !(channel.localAddress() instanceof InetSocketAddress address)) {
            throw new IllegalStateException("the RTSP server does not listen");
        }
        return address.getPort();
    }

    /// What it does now; cheap enough for every second, from any thread.
    public RtspServerStats stats() {
        Channel channel = listener;
        return context.stats(channel != null && channel.isActive(), heartbeat.isAlive(), connections.size());
    }

    /// Stops listening and drops every connection; publications end, readers get a BYE where there is time for it.
    @Override
    public void close() {
        close(listener);
        close(tlsListener);
        listener = null;
        tlsListener = null;
        connections.close().awaitUninterruptibly(CLOSE_MILLIS);
        loops.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
    }

    private static void close(@Nullable Channel channel) {
        if (channel != null) {
            channel.close().awaitUninterruptibly(CLOSE_MILLIS);
        }
    }
}
