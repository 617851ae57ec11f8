package dev.aerie.ingest.rtmp;

import dev.aerie.ingest.rtsp.LoopHeartbeat;
import dev.aerie.ingest.rtsp.PublishHandler;
import dev.aerie.ingest.rtsp.TcpListener;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// The fleet's RTMP server: whoever publishes is handed to the [PublishHandler]; nobody plays.
///
/// Owns its thread and sockets. One event loop owns each connection with all that belongs to it; a client that sends
/// too fast is held back by TCP, for nothing is queued.
public final class RtmpServer implements AutoCloseable {

    private static final long CLOSE_MILLIS = 5_000;

    private final List<RtmpDoor> doors;
    private final RtmpServerContext context;
    private final NioEventLoopGroup loops = new NioEventLoopGroup(1, new DefaultThreadFactory("rtmp", true));
    private final LoopHeartbeat heartbeat = new LoopHeartbeat(loops);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final List<Channel> listeners = new CopyOnWriteArrayList<>();

    /// Prepares a server; it listens from [#start] on.
    ///
    /// - `doors`: where it listens; none for nowhere
    public RtmpServer(List<RtmpDoor> doors, RtmpServerConfig config, PublishHandler publishers) {
        this.doors = List.copyOf(doors);
        this.context = RtmpServerContext.of(config, publishers);
    }

    /// Listens; throws [IOException] if an address is taken or not ours.
    public void start() throws IOException {
        for (RtmpDoor door : doors) {
            listeners.add(listen(door));
        }
    }

    private Channel listen(RtmpDoor door) throws IOException {
        return new TcpListener(loops, context.places(), connections)
                .listen(door.host(), door.port(), UnaryOperator.identity(), channel -> serve(channel, door));
    }

    private void serve(SocketChannel channel, RtmpDoor door) {
        door.newHandler().ifPresent(tls -> channel.pipeline().addLast(tls));
        var decoder = new RtmpDecoder(RtmpConnection.MAX_COMMAND_BYTES);
        channel.pipeline().addLast(new RtmpHandshake(context.random()), decoder, new RtmpConnection(context, decoder));
    }

    /// The TCP ports it listens on, one for each door in their order; none before [#start] and after [#close].
    public List<Integer> ports() {
        return listeners.stream()
                .map(listener -> ((InetSocketAddress) listener.localAddress()).getPort())
                .toList();
    }

    public int connections() {
        return connections.size();
    }

    /// Connections that were ended for breaking a rule of RTMP or FLV, since the start.
    public long malformed() {
        return context.malformed().sum();
    }

    /// Messages of sound that were thrown away, since the start.
    public long audioMessages() {
        return context.audioMessages().sum();
    }

    /// Whether its event loop took its turn within the last seconds.
    public boolean isAlive() {
        return heartbeat.isAlive();
    }

    /// Stops listening and drops every connection; publications end.
    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly(CLOSE_MILLIS));
        listeners.clear();
        connections.close().awaitUninterruptibly(CLOSE_MILLIS);
        loops.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
    }
}
